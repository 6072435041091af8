"""What describe answers: the views of every resource over time, so that older ones can be served."""

from __future__ import annotations

from collections import deque
from typing import Any

# Older views are forgotten beyond this many per resource.
KEPT_VIEWS = 64
Key = tuple[str, ...]


class History:
    def __init__(self) -> None:
        self._views: dict[Key, deque[tuple[float, dict[str, Any] | None]]] = {}
        self._flip: dict[Key, int] = {}

    def record(self, key: Key, now: float, view: dict[str, Any] | None) -> None:
        """None is the view of something deleted."""
        views = self._views.setdefault(key, deque(maxlen=KEPT_VIEWS))
        if not views or views[-1][1] != view:
            views.append((now, view))

    def keys(self, kind: str) -> list[Key]:
        return sorted(key for key in self._views if key[0] == kind)

    def newest(self, key: Key) -> dict[str, Any] | None:
        views = self._views.get(key)
        return views[-1][1] if views else None

    def at(self, key: Key, moment: float) -> dict[str, Any] | None:
        """The view as of that moment, or the first one for something younger."""
        views = self._views.get(key)
        if not views:
            return None
        older = [view for since, view in views if since <= moment]
        return older[-1] if older else views[0][1]

    def alternating(self, key: Key, moment: float) -> dict[str, Any] | None:
        """Old and new in turn, the old one first."""
        turn = self._flip.get(key, 0)
        self._flip[key] = turn + 1
        return self.newest(key) if turn % 2 else self.at(key, moment)
