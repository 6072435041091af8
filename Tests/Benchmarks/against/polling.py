"""One round over 10, 100, 1,000 and 10,000 workloads: calls, CPU, time, memory."""

from __future__ import annotations

import statistics
from pathlib import Path

from . import run
from .served import stand_in
from .table import Row

SIZES = (10, 100, 1_000, 10_000)
ROUNDS = {10: 9, 100: 9, 1_000: 5, 10_000: 2}
# The largest fleet whose probes can all begin at once.
PROBED = 1_000
# The interval that a round of 10,000 has to fit into, on one core.
INTERVAL_SECONDS = 30.0


def rows(_: Path) -> list[Row]:
    found = []
    with stand_in() as url:
        for probes in (False, True):
            smallest = None
            for size in SIZES:
                # At once there are at most 4,096 probes under way; a service spreads them over its interval.
                if probes and size > PROBED:
                    continue
                row, each = measured(url, size, probes, smallest)
                smallest = smallest or each
                found.append(row)
    return found


def measured(url: str, size: int, probes: bool, smallest: float | None) -> tuple[Row, float]:
    rounds = run.ours("round", url, size, ROUNDS[size], *(["probes"] if probes else []))
    cpu = statistics.median(figures["cpu"] for figures in rounds)
    wall = statistics.median(figures["wall"] for figures in rounds)
    last = rounds[-1]
    if last["unknown"]:
        raise RuntimeError(f"{last['unknown']:.0f} of {last['observations']:.0f} observations are unknown")
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
