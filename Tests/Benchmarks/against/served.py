"""The stand-in as a context: it ends with whoever started it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import machine
from .nginx import free_port

PROBE_PORT = 54_320


@contextmanager
def stand_in() -> Iterator[str]:
    """Its URL."""
    port = free_port()
    process = subprocess.Popen(
        machine.pinned(machine.SERVER, sys.executable, "-m", "against.stand_in", str(port), str(PROBE_PORT)),
        stdout=subprocess.PIPE,
        cwd=Path(__file__).parent.parent,
    )
    try:
        assert process.stdout
        if process.stdout.readline().strip() != b"ready":
            raise RuntimeError("the stand-in does not start")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
