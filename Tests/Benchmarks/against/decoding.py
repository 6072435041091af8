"""How long one page of 100 instances takes to be read."""

from __future__ import annotations

from pathlib import Path

from . import run, samples
from .table import Row

SECONDS, REPETITIONS = 1, 3


def rows(folder: Path) -> list[Row]:
    page = folder / "page"
    page.write_bytes(samples.instances([f"orders-{number}-a" for number in range(100)], "us-east-1"))
    sides = {
        "drctl": lambda: run.ours("decoding", page, SECONDS)[0],
        "botocore": lambda: run.python("botocore_decoding", page, SECONDS)[0],
    }
    cpu, ratios = run.alternating(sides, REPETITIONS, lambda figures: figures["cpu"] / figures["count"] * 1e3)
    return [
        Row(
            "decoding",
            f"DescribeDBInstances, 100 instances ({page.stat().st_size // 1024} KiB)",
            f"{cpu['drctl']:.2f} ms",
            f"botocore {cpu['botocore']:.2f} ms",
            ratios["botocore"],
            figures={"ours": cpu["drctl"], "theirs": cpu["botocore"]},
        )
    ]
