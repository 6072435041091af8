"""One round of the service's collector over 10, 100, 1,000 and 10,000 workloads: calls, CPU, time, memory."""

from __future__ import annotations

import statistics
from pathlib import Path

from . import run
from .served import stand_in
from .table import Row

SIZES = (10, 100, 1_000, 10_000)
# A round of ten takes 3 ms, and is what the others are held against.
ROUNDS = {10: 99, 100: 29, 1_000: 7, 10_000: 3}
# The largest fleet whose probes can all begin at once.
PROBED = 1_000
# The interval that a round of 10,000 has to fit into, on one core.
INTERVAL_SECONDS = 30
# How much later than that the last answer may be there: it was asked for at the very end.
LAST_ANSWER_SECONDS = 2


def rows(_: Path) -> list[Row]:
    found = []
    with stand_in() as url:
        for probes in (False, True):
            smallest = None
            for size in SIZES:
                # At once there are at most 4,096 probes under way: see `spread`.
                if probes and size > PROBED:
                    continue
                row, each = measured(url, size, probes, smallest)
                smallest = smallest or each
                found.append(row)
        found.append(spread(url, SIZES[-1]))
    return found


def spread(url: str, size: int) -> Row:
    """A round as the service makes them, probes and all: spread over the interval."""
    (figures,) = run.ours("round", url, size, 0, INTERVAL_SECONDS, "probes")
    complete(figures)
    share = figures["cpu"] / INTERVAL_SECONDS
    return Row(
        "polling",
        f"{size:,} workloads, with probes, spread over {INTERVAL_SECONDS} s",
        f"{figures['calls']:.0f} calls, CPU {figures['cpu']:.3f} s, took {figures['wall']:.2f} s, "
        f"{figures['peakKiB'] / 1024:.0f} MiB",
        f"{share:.0%} of a core",
        aim=f"<= {INTERVAL_SECONDS} s",
        met=figures["wall"] <= INTERVAL_SECONDS + LAST_ANSWER_SECONDS,
        figures={"rounds": [figures]},
    )


def complete(figures: run.Figures) -> None:
    if figures["unknown"]:
        missing = f"{figures['unknown']:.0f} of {figures['observations']:.0f}"
        raise RuntimeError(f"{missing} observations are unknown")


def measured(url: str, size: int, probes: bool, smallest: float | None) -> tuple[Row, float]:
    rounds = run.ours("round", url, size, ROUNDS[size], 0, *(["probes"] if probes else []))
    cpu = statistics.median(figures["cpu"] for figures in rounds)
    wall = statistics.median(figures["wall"] for figures in rounds)
    last = rounds[-1]
    complete(last)
    each = cpu / size
    ratio = each / smallest if smallest else None
    largest = size == SIZES[-1]
    met = None if ratio is None else ratio <= 1 and (not largest or wall <= INTERVAL_SECONDS)
    row = Row(
        "polling",
        f"{size:,} workloads{', with probes' if probes else ''}",
        f"{last['calls']:.0f} calls, CPU {cpu:.3f} s, took {wall:.2f} s, {last['peakKiB'] / 1024:.0f} MiB",
        f"{each * 1e6:.0f} us a workload",
        ratio,
        "<= 30 s, linear" if largest else ("linear" if ratio else ""),
        met,
        {"rounds": rounds},
    )
    return row, each
