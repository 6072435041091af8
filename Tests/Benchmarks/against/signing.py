"""Signatures a second on one core: an RDS request of 1.5 kB, its body hashed each time."""

from __future__ import annotations

from pathlib import Path

from . import run, samples
from .table import Row

SECONDS, REPETITIONS = 1, 5


def rows(folder: Path) -> list[Row]:
    body = folder / "request"
    body.write_bytes(samples.rds_request())
    sides = {
        "cached": lambda: run.ours("signing", body, "cached", SECONDS),
        "derived": lambda: run.ours("signing", body, "derived", SECONDS),
        "awscrt": lambda: run.python("awscrt_signing", body, SECONDS),
        "botocore": lambda: run.python("botocore_signing", body, SECONDS),
    }
    signatures = {name: side()[0] for name, side in sides.items()}
    if len(set(signatures.values())) != 1:
        raise RuntimeError(f"the sides do not sign alike: {signatures}")
    per_second, _ = run.alternating(
        {name: (lambda side=side: side()[1]) for name, side in sides.items()},  # type: ignore[misc]
        REPETITIONS,
        lambda figures: figures["count"] / figures["cpu"],
    )
    found = []
    for key, aim in (("derived", 1.0), ("cached", 2.0)):
        for other in ("awscrt", "botocore"):
            ratio = per_second[key] / per_second[other]
            isAimed = other == "awscrt"
            found.append(
                Row(
                    "signing",
                    f"signatures/s, key {key}",
                    f"{per_second[key]:,.0f}",
                    f"{other} {per_second[other]:,.0f}",
                    ratio,
                    f">= {aim}" if isAimed else "",
                    ratio >= aim if isAimed else None,
                    {"ours": per_second[key], "theirs": per_second[other]},
                )
            )
    return found
