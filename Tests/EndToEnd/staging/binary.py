"""Where the program under test is."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]


class NotBuilt(Exception):
    """There is no drctl to run; the text says how to get one."""


def drctl_binary() -> Path:
    """`DRCTL_BINARY`, else the debug build. The tests of crashes need a debug build."""
    named = os.environ.get("DRCTL_BINARY")
    path = Path(named) if named else ROOT / ".build" / "debug" / "drctl"
    if not os.access(path, os.X_OK):
        raise NotBuilt(f"there is no drctl at {path}: run `make build`, or set DRCTL_BINARY")
    return path.resolve()
