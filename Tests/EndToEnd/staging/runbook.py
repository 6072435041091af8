"""A runbook as a list of commands, which are run as they stand."""

from __future__ import annotations

import re
import subprocess
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3] / "runbooks"
HEADINGS = ("Meaning.", "Impact.", "## Diagnosis", "## What to do", "## How to know that it worked")
BLOCK = re.compile(r"^(?P<indent> *)(?:\d+\. )?```sh *(?P<marks>[^\n]*)\n(?P<body>.*?)^ *```", re.M | re.S)


@dataclass
class Block:
    """A fenced block of shell commands. Its marks, after the word `sh`:

    `skip` it is for reading; `instead` it is done in place of another one, and has a test of its own;
    `may-fail` the Region that it asks may be gone, or a gate says no; `until WORD`
    is repeated until WORD is in what it prints.
    """

    text: str
    marks: list[str]
    line: int

    @property
    def wanted(self) -> str | None:
        return self.marks[1] if self.marks[:1] == ["until"] else None


class Runbook:
    def __init__(self, name: str) -> None:
        self.name = name
        self.text = (ROOT / f"{name}.md").read_text()

    @property
    def blocks(self) -> list[Block]:
        return [
            Block(
                textwrap.dedent(found["body"]),
                found["marks"].split(),
                self.text.count("\n", 0, found.start()) + 1,
            )
            for found in BLOCK.finditer(self.text)
        ]

    def instead(self, word: str) -> str:
        """The one command that is marked so and has the word in it."""
        (found,) = [block.text for block in self.blocks if "instead" in block.marks and word in block.text]
        return found

    @property
    def links(self) -> set[str]:
        return set(re.findall(r"\]\(([a-z-]+)\.md\)", self.text))


def names() -> list[str]:
    return sorted(path.stem for path in ROOT.glob("*.md"))


# A shell's command with its environment: how it ended and what it said.
Shell = Callable[[str], "subprocess.CompletedProcess[str]"]


def follow(runbook: Runbook, shell: Shell, seconds: float = 60) -> str:
    """Every command of it in order, in one place, as a tired person would; what they printed."""
    said = []
    for block in runbook.blocks:
        if {"skip", "instead"} & set(block.marks):
            continue
        end = time.monotonic() + seconds
        while True:
            # Variables that a block sets are there in the next one, as in one terminal.
            done = shell(block.text)
            if not block.wanted or block.wanted in done.stdout or time.monotonic() > end:
                break
            time.sleep(0.5)
        where = f"{runbook.name}.md:{block.line}\n{block.text}\n{done.stdout}{done.stderr}"
        assert done.returncode == 0 or "may-fail" in block.marks, where
        assert not block.wanted or block.wanted in done.stdout, where
        said.append(done.stdout)
    return "\n".join(said)
