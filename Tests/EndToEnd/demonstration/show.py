"""What the demo prints: headings, lines with the time elapsed, tables. At most 96 columns."""

from __future__ import annotations

import os
import sys
import textwrap
import threading
import time

WIDTH = 96
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
        head = f"{self.elapsed:6.1f} s  "
        self._body(head, kind, text)

    def more(self, text: str) -> None:
        """A line that belongs to the one above it."""
        self._print(textwrap.fill(text, WIDTH, initial_indent=" " * 22, subsequent_indent=" " * 24))

    def tell(self, text: str) -> None:
        """A paragraph that explains."""
        self._print(textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="  "))

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
            cells = [textwrap.wrap(cell, column - 2) or [""] for cell in row[1:]]
            for part in range(max(len(cell) for cell in cells)):
                head = row[0] if part == 0 else ""
                rest = "".join((cell[part] if part < len(cell) else "").ljust(column) for cell in cells)
                text = f"  {head.ljust(label)}{rest}".rstrip()
                self._print(self._paint("bold", text) if number == 0 else text)

    def verdict(self, held: bool, text: str) -> None:
        mark = self._paint("green", "observed") if held else self._paint("red", "NOT OBSERVED")
        self._print(f"  {mark}  {text}")

    def _body(self, head: str, kind: str, text: str) -> None:
        indent = " " * 22
        lines = textwrap.wrap(text, WIDTH - len(indent)) or [""]
        label = self._paint(KINDS.get(kind, "bold"), kind.ljust(11))
        self._print(
            "\n".join([f"{self._paint('dim', head)} {label}{lines[0]}", *(indent + row for row in lines[1:])])
        )

    def _paint(self, colour: str, text: str) -> str:
        return f"\033[{COLOURS[colour]}m{text}\033[0m" if self._coloured else text

    def _print(self, text: str) -> None:
        with self._lock:
            print(text, flush=True)
