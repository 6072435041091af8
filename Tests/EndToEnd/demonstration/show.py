"""What the demo prints: headings, lines with the time elapsed, tables. At most 96 columns."""

from __future__ import annotations

import os
import re
import sys
import textwrap
import threading
import time

WIDTH = 96
# Of the text of a line: after the time and what it is about.
INDENT = 21
# What makes an endpoint's name long, between the database's own name and the port.
DOMAIN = re.compile(r"\.(cluster-)?[0-9a-f]{12}\.[a-z0-9-]+\.rds\.amazonaws\.com")
COLOURS = {"red": "31", "green": "32", "yellow": "33", "blue": "36", "dim": "2", "bold": "1"}
# What a line is about, and how it is coloured.
KINDS = {
    "lab": "red",
    "dns": "blue",
    "client": "blue",
    "sns": "yellow",
    "orders": "green",
    "payments": "green",
    "aws": "dim",
}


class Show:
    """Lines may come from several threads."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._lock = threading.Lock()
        self._coloured = sys.stdout.isatty() and not os.environ.get("NO_COLOR")

    @property
    def elapsed(self) -> float:
        """Seconds since the demo began."""
        return time.monotonic() - self._start

    def heading(self, text: str) -> None:
        self._print("\n" + self._paint("bold", f"── {text} " + "─" * max(0, WIDTH - len(text) - 4)))

    def line(self, kind: str, text: str) -> None:
        """`  12.3 s  orders    text`, with long text on further lines under its own."""
        self._body(kind, wrap(brief(text), WIDTH - INDENT))

    def short(self, kind: str, text: str) -> None:
        """The same, but cut to one line."""
        said = brief(text)
        room = WIDTH - INDENT
        self._body(kind, [said if len(said) <= room else said[: room - 1] + "…"])

    def more(self, text: str) -> None:
        """A line that belongs to the one above it."""
        rest = " " * (INDENT + 2)
        rows = wrap(brief(text), WIDTH - INDENT - 2)
        self._print("\n".join([" " * INDENT + rows[0], *(rest + row for row in rows[1:])]))

    def tell(self, text: str) -> None:
        """A paragraph that explains."""
        self._print("\n".join("  " + row for row in wrap(text, WIDTH - 2)))

    def verbatim(self, text: str) -> None:
        """What a program has printed, as it is but for the length of its lines."""
        for row in text.rstrip().splitlines():
            cut = row if len(row) <= WIDTH - 4 else row[: WIDTH - 5] + "…"
            self._print(self._paint("dim", f"  │ {cut}"))

    def table(self, rows: list[list[str]]) -> None:
        """The first column is a label; the others share the rest of the width."""
        label = max(len(row[0]) for row in rows) + 2
        column = (WIDTH - 2 - label) // max(1, len(rows[0]) - 1)
        for number, row in enumerate(rows):
            cells = [wrap(cell, column - 2) for cell in row[1:]]
            for part in range(max(len(cell) for cell in cells)):
                head = row[0] if part == 0 else ""
                rest = "".join((cell[part] if part < len(cell) else "").ljust(column) for cell in cells)
                text = f"  {head.ljust(label)}{rest}".rstrip()
                self._print(self._paint("bold", text) if number == 0 else text)

    def verdict(self, held: bool, text: str) -> None:
        mark = self._paint("green", "  observed  ") if held else self._paint("red", "  NOT OBSERVED  ")
        rows = wrap(brief(text), WIDTH - 16)
        self._print("\n".join([mark + rows[0], *(" " * 12 + row for row in rows[1:])]))

    def _body(self, kind: str, rows: list[str]) -> None:
        head = self._paint("dim", f"{self.elapsed:6.1f} s")
        label = self._paint(KINDS.get(kind, "bold"), kind.ljust(11))
        self._print("\n".join([f"{head}  {label}{rows[0]}", *(" " * INDENT + row for row in rows[1:])]))

    def _paint(self, colour: str, text: str) -> str:
        return f"\033[{COLOURS[colour]}m{text}\033[0m" if self._coloured else text

    def _print(self, text: str) -> None:
        with self._lock:
            print(text, flush=True)


def brief(text: str) -> str:
    """With endpoints by their first names."""
    return DOMAIN.sub(".…", text)


def wrap(text: str, width: int) -> list[str]:
    """At least one row; the names of Regions and databases are not parted at their hyphens."""
    return textwrap.wrap(text, width, break_on_hyphens=False) or [""]
