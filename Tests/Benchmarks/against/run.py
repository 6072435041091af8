"""Runs one side of a comparison as a process of its own, and reads the figures that it prints."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from . import machine

Figures = dict[str, float]
SIDES = Path(__file__).with_name("sides")
# The longest that one measurement takes, with much room.
LIMIT_SECONDS = 180.0


def ours(*arguments: object) -> list[Any]:
    """Every line that the Swift side prints: objects, or text."""
    return lines(machine.BUILD / "benchmarks/release/drctl-bench", *arguments)


def python(side: str, *arguments: object) -> list[Any]:
    return lines(sys.executable, "-m", f"against.sides.{side}", *arguments)


def lines(*command: object) -> list[Any]:
    done = subprocess.run(
        machine.pinned(machine.CLIENT, *map(str, command)),
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
        cwd=SIDES.parent.parent,
    )
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stdout}{done.stderr}")
    return [json.loads(line) if line.startswith("{") else line for line in done.stdout.splitlines()]


def alternating(
    sides: dict[str, Callable[[], Figures]], repetitions: int, value: Callable[[Figures], float]
) -> tuple[dict[str, float], dict[str, float]]:
    """Each side in turn, so that what else the machine does meets all of them alike.

    The median of `value` for each side, and the median of how many times the first side's value is each
    other's, taken within each turn."""
    first = next(iter(sides))
    turns: list[dict[str, float]] = []
    for _ in range(repetitions):
        turns.append({name: value(measure()) for name, measure in sides.items()})
    medians = {name: statistics.median(turn[name] for turn in turns) for name in sides}
    ratios = {
        name: statistics.median(turn[first] / turn[name] for turn in turns) for name in sides if name != first
    }
    return medians, ratios
