"""Time of the simulated world: seconds since the start, and what is due when."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable


class Timeline:
    """Not safe for threads; the world's lock guards it."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._order = itertools.count()
        self._due: list[tuple[float, int, Callable[[], None]]] = []

    def now(self) -> float:
        return time.monotonic() - self._start

    def after(self, seconds: float, action: Callable[[], None]) -> None:
        heapq.heappush(self._due, (self.now() + seconds, next(self._order), action))

    def run_due(self) -> bool:
        """Runs what is due, in order. True when anything ran."""
        ran = False
        while self._due and self._due[0][0] <= self.now():
            _, _, action = heapq.heappop(self._due)
            action()
            ran = True
        return ran
