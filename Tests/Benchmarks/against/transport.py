"""Requests a second, and CPU a request, against a local nginx; the client on a core of its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from . import machine, run, samples
from .nginx import Nginx
from .run import Figures
from .table import Row

SECONDS, REPETITIONS = 2, 3
IN_FLIGHT = (1, 16, 256)
# Where AsyncHTTPClient's CPU is to be halved.
AIMED = (16, 256)


def rows(folder: Path) -> list[Row]:
    body = folder / "request"
    body.write_bytes(samples.rds_request())
    with Nginx(folder) as nginx:
        return [
            row
            for tls in (False, True)
            for in_flight in IN_FLIGHT
            for row in compared(nginx, tls, in_flight, body)
        ]


def compared(nginx: Nginx, tls: bool, in_flight: int, body: Path) -> list[Row]:
    arguments = (nginx.url(tls), nginx.authority, body, in_flight)
    other = machine.BUILD / "benchmarks/release/async-http-client-bench"
    measured: dict[str, list[Figures]] = {"drctl": [], "AsyncHTTPClient": [], "boto3": []}

    def keeping(name: str, side: Callable[[], list[Figures]]) -> Callable[[], Figures]:
        def measure() -> Figures:
            measured[name].append(side()[0])
            return measured[name][-1]

        return measure

    sides = {
        "drctl": keeping("drctl", lambda: run.ours("exchange", *arguments, SECONDS)),
        "AsyncHTTPClient": keeping("AsyncHTTPClient", lambda: run.lines(other, *arguments, SECONDS)),
        "boto3": keeping("boto3", lambda: run.python("boto3_exchange", *arguments, SECONDS)),
    }
    cpu, ratios = run.alternating(sides, REPETITIONS, lambda f: f["cpu"] / f["count"] * 1e6)
    rate = {name: max(f["count"] / f["wall"] for f in all_) for name, all_ in measured.items()}
    what = f"{'TLS' if tls else 'plain'}, {in_flight} in flight"
    found = []
    for name, ratio in ratios.items():
        aimed = name == "AsyncHTTPClient" and in_flight in AIMED
        found.append(
            Row(
                "transport",
                f"CPU a request, {what}",
                f"{cpu['drctl']:.1f} us ({rate['drctl']:,.0f}/s)",
                f"{name} {cpu[name]:.1f} us ({rate[name]:,.0f}/s)",
                ratio,
                "<= 0.5" if aimed else "",
                ratio <= 0.5 if aimed else None,
                {"ours": measured["drctl"], "theirs": measured[name]},
            )
        )
    return found
