"""Waiting on conditions, never on time alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import TypeVar

Value = TypeVar("Value")
# A busy machine gets more time; what is waited for is the same.
PATIENCE = float(os.environ.get("DRCTL_TEST_PATIENCE", "1"))
GLANCE_SECONDS = 0.1


class NotInTime(AssertionError):
    """What was waited for did not come; the text says what it was and what was there instead."""


def wait_until(
    condition: Callable[[], Value | None],
    what: str,
    seconds: float = 30,
    instead: Callable[[], str] | None = None,
) -> Value:
    """The first value of `condition` that is true. `instead` describes what was found when it never came."""
    end = time.monotonic() + seconds * PATIENCE
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            found = f"\n{instead()}" if instead else ""
            raise NotInTime(f"not within {seconds * PATIENCE:.0f} s: {what}{found}")
        time.sleep(GLANCE_SECONDS)


def stays(condition: Callable[[], object], what: str, seconds: float) -> None:
    """`condition` must hold at every glance for so long: how the absence of a deed is observed."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not condition():
            raise AssertionError(f"did not stay so for {seconds:.0f} s: {what}")
        time.sleep(GLANCE_SECONDS)
