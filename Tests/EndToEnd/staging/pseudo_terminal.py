"""A real terminal, as far as a program can tell: a pty with a size, whose screen is kept as text."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from pathlib import Path

from lab.process import end_with_parent

from .waiting import PATIENCE, NotInTime

ENTER, LEAVE = "\x1b[?1049h", "\x1b[?1049l"
SEQUENCE = re.compile(r"\x1b\[[?0-9;]*[A-Za-z]")


class PseudoTerminal:
    """Runs one command on a terminal of `columns` by `rows`; as a context it leaves nothing running."""

    def __init__(
        self,
        command: list[str],
        folder: Path,
        environment: dict[str, str],
        columns: int = 100,
        rows: int = 40,
    ) -> None:
        self._main, inner = pty.openpty()
        self._inner = inner
        self.resize(columns, rows)
        self.text = ""

        def take_terminal() -> None:
            end_with_parent()
            os.setsid()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={"TERM": "xterm-256color", **environment},
            stdin=inner,
            stdout=inner,
            stderr=inner,
            preexec_fn=take_terminal,
        )

    def __enter__(self) -> PseudoTerminal:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
        os.close(self._main)
        os.close(self._inner)

    def resize(self, columns: int, rows: int) -> None:
        """The kernel tells whoever runs on it, with SIGWINCH."""
        fcntl.ioctl(self._main, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def type(self, text: str) -> None:
        os.write(self._main, text.encode())

    def read(self) -> str:
        """Everything that has come until now."""
        while select.select([self._main], [], [], 0)[0]:
            try:
                self.text += os.read(self._main, 1 << 16).decode(errors="replace")
            except OSError:
                break
        return self.text

    @property
    def picture(self) -> str:
        """What the last complete drawing shows, without its control sequences."""
        drawings = self.read().split("\x1b[H")
        whole = [drawing for drawing in drawings[1:] if "\x1b[J" in drawing]
        return SEQUENCE.sub("", whole[-1].split("\x1b[J")[0]) if whole else ""

    @property
    def drawings(self) -> int:
        return self.read().count("\x1b[H")

    def until(self, words: str, seconds: float = 20, drawn: bool = True) -> str:
        """Waits until the words stand in the picture, or anywhere in what was written."""
        end = time.monotonic() + seconds * PATIENCE
        while True:
            found = self.picture if drawn else self.read()
            if words in found:
                return found
            if time.monotonic() > end:
                raise NotInTime(f"not within {seconds:.0f} s: {words!r} in\n{found}\n{self.text[-2000:]!r}")
            select.select([self._main], [], [], 0.1)

    def end(self, number: signal.Signals | None = None, seconds: float = 20) -> int:
        """The exit code, after a signal if one is given. It reads on: a full terminal holds a program up."""
        if number is not None:
            self.process.send_signal(number)
        end = time.monotonic() + seconds * PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it does not end\n{self.text[-2000:]}"
            self.read()
            select.select([self._main], [], [], 0.05)
        self.read()
        return self.process.returncode
