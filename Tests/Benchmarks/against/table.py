"""The lines that a person reads, and the same as data."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass
class Row:
    """One figure; `ratio` is ours against theirs."""

    part: str
    what: str
    ours: str
    theirs: str = ""
    ratio: float | None = None
    aim: str = ""
    met: bool | None = None
    figures: dict[str, Any] = field(default_factory=dict)


HEADINGS = ("part", "what", "drctl", "against", "ratio", "aim", "")


def printed(rows: list[Row]) -> str:
    cells = [HEADINGS, tuple("---" for _ in HEADINGS)]
    for row in rows:
        ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
        verdict = {None: "", True: "met", False: "MISSED"}[row.met]
        cells.append((row.part, row.what, row.ours, row.theirs, ratio, row.aim, verdict))
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEADINGS))]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in cells
    )


def data(rows: list[Row]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]
