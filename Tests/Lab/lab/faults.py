"""Faults: what goes wrong, for how long or how often, and which calls it hits."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .call import SIGNING_NAMES, Call

KINDS = {
    "region_down",
    "api_down",
    "database_down",
    "replication_broken",
    "isolate",
    "throttle",
    "error",
    "lost_reply",
    "latency",
    "stale_reads",
    "garbage",
    "access_denied",
    "metrics_missing",
    "expired_token",
}
NEEDED = {
    "region_down": ("region",),
    "database_down": ("identifier",),
    "replication_broken": ("identifier",),
    "error": ("code",),
}
# What narrows a fault down to some calls.
SELECTORS = ("service", "operation", "region", "identifier", "access_key")


@dataclass
class Fault:
    id: str
    kind: str
    spec: dict[str, Any]
    since: float
    until: float | None
    remaining: int | None
    hits: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            **self.spec,
            "id": self.id,
            "kind": self.kind,
            "since": self.since,
            "until": self.until,
            "remaining": self.remaining,
            "hits": self.hits,
        }

    def matches(self, call: Call) -> bool:
        for name in SELECTORS:
            wanted = self.spec.get(name)
            if wanted in (None, "*"):
                continue
            choices = {str(item).lower() for item in (wanted if isinstance(wanted, list) else [wanted])}
            if name == "service":
                choices = {SIGNING_NAMES.get(item, item) for item in choices}
            if name == "identifier":
                if not any(text.lower() in choices for text in texts(call.parameters)):
                    return False
            elif str(getattr(call, name)).lower() not in choices:
                return False
        return True


def texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for item in value.values() for text in texts(item)]
    if isinstance(value, list):
        return [text for item in value for text in texts(item)]
    return [str(value)]


class FaultBoard:
    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._ids = itertools.count(1)
        self._faults: dict[str, Fault] = {}

    def add(self, spec: dict[str, Any]) -> Fault:
        """`seconds` and `count` bound it, else it lasts until it is deleted. ValueError if unknown."""
        kind = spec.get("kind")
        if kind not in KINDS:
            raise ValueError(f"unknown kind of fault: {kind}; one of {', '.join(sorted(KINDS))}")
        for name in NEEDED.get(kind, ()):
            if not spec.get(name):
                raise ValueError(f"a fault {kind} needs {name}")
        now = self._now()
        lasting = spec.get("for_seconds") if kind in ("latency", "stale_reads") else spec.get("seconds")
        fault = Fault(
            id=f"f{next(self._ids)}",
            kind=kind,
            spec={k: v for k, v in spec.items() if k != "kind"},
            since=now,
            until=now + float(lasting) if lasting is not None else None,
            remaining=int(spec["count"]) if spec.get("count") is not None else None,
        )
        self._faults[fault.id] = fault
        return fault

    def remove(self, fault_id: str) -> bool:
        return self._faults.pop(fault_id, None) is not None

    def clear(self) -> None:
        self._faults.clear()

    def is_active(self, fault: Fault) -> bool:
        return any(fault is other for other in self.active())

    def active(self, kind: str | None = None) -> list[Fault]:
        now = self._now()
        ended = [
            f.id
            for f in self._faults.values()
            if (f.until is not None and f.until <= now) or f.remaining == 0
        ]
        for fault_id in ended:
            self._faults.pop(fault_id, None)
        return [f for f in self._faults.values() if kind is None or f.kind == kind]

    def hit(self, kind: str, call: Call) -> Fault | None:
        """The first fault of the kind that matches the call; it is used up by one."""
        for fault in self.active(kind):
            if fault.matches(call):
                fault.hits += 1
                if fault.remaining is not None:
                    fault.remaining -= 1
                call.fault = call.fault or f"{fault.id}:{kind}"
                return fault
        return None

    def region_down(self, region: str) -> Fault | None:
        return next((f for f in self.active("region_down") if f.spec["region"] == region), None)

    def names(self, kind: str, region: str, identifier: str) -> Fault | None:
        """The fault of the kind that is about this database (a fault without a region means any)."""
        for fault in self.active(kind):
            if fault.spec["identifier"] == identifier and fault.spec.get("region", region) == region:
                return fault
        return None
