"""The control API under /_lab: calls, settings, faults, state, and levers on single things."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from .call import CallLog, read_body
from .cloudwatch import store
from .codec import Reply
from .databases import Lag
from .state import state_of
from .world import World

Item = dict[str, Any]
LAG_KINDS = ("normal", "fixed", "missing", "stale", "minus_one", "sawtooth")


class Control:
    def __init__(self, world: World, calls: CallLog) -> None:
        self._world = world
        self._calls = calls

    def answer(self, environ: dict[str, Any]) -> Reply:
        """JSON both ways; 400 with `error` for what cannot be, 404 for what is not there."""
        parts = [part for part in environ["PATH_INFO"].split("/")[2:] if part]
        query = dict(parse_qsl(environ.get("QUERY_STRING", "")))
        try:
            body = json.loads(read_body(environ) or b"{}")
            with self._world.lock:
                self._world.settle()
                result = self.route(environ["REQUEST_METHOD"], parts, query, body)
                self._world.settle()
            status = 200
        except KeyError as cause:
            status, result = 404, {"error": f"not found: {cause}"}
        except (ValueError, TypeError, AttributeError) as cause:
            status, result = 400, {"error": str(cause)}
        return status, {"Content-Type": "application/json"}, json.dumps(result).encode()

    def route(self, method: str, parts: list[str], query: dict[str, str], body: Item) -> Any:
        name = f"{method} {parts[0] if parts else ''}"
        actions: dict[str, Callable[[list[str], dict[str, str], Item], Any]] = {
            "GET calls": lambda rest, query, body: self._calls.find(**query),
            "DELETE calls": self.forget_calls,
            "GET settings": lambda rest, query, body: self._world.settings.as_json(),
            "POST settings": self.set,
            "GET faults": lambda rest, query, body: [f.as_json() for f in self._world.faults.active()],
            "POST faults": lambda rest, query, body: self._world.faults.add(body).as_json(),
            "DELETE faults": self.lift,
            "GET state": lambda rest, query, body: state_of(self._world),
            "POST databases": self.change_database,
            "POST healthchecks": self.change_check,
            "POST metrics": self.put_metric,
            "POST auth": self.set_keys,
            "GET health": lambda rest, query, body: {"ready": True},
        }
        return actions[name](parts[1:], query, body)

    def set(self, rest: list[str], query: dict[str, str], body: Item) -> Item:
        self._world.settings.update(body)
        return self._world.settings.as_json()

    def forget_calls(self, rest: list[str], query: dict[str, str], body: Item) -> Item:
        self._calls.clear()
        return {}

    def lift(self, rest: list[str], query: dict[str, str], body: Item) -> Item:
        if not rest:
            self._world.faults.clear()
        elif not self._world.faults.remove(rest[0]):
            raise KeyError(rest[0])
        return {}

    def change_database(self, rest: list[str], query: dict[str, str], body: Item) -> Item:
        """lag {kind, seconds}, status (null: its own again), connections (null: counted)."""
        world, key = self._world, (rest[0], rest[1])
        found = [d for d in (world.instances.get(key), world.clusters.get(key)) if d is not None]
        if not found:
            raise KeyError("/".join(key))
        for database in found:
            if "lag" in body:
                kind = body["lag"].get("kind", "fixed")
                if kind not in LAG_KINDS:
                    raise ValueError(f"lag kind must be one of {', '.join(LAG_KINDS)}")
                database.lag = Lag(kind, float(body["lag"].get("seconds", 0)))
            if "status" in body:
                database.status_override = body["status"]
            if "connections" in body:
                database.connections = body["connections"]
            world.touch(database)
        return {"changed": [database.arn for database in found]}

    def change_check(self, rest: list[str], query: dict[str, str], body: Item) -> Item:
        """watch {region, identifier}, force (healthy, unhealthy, null), failing_checkers (number or null)."""
        check = self._world.checks[rest[0]]
        if "watch" in body:
            watch = body["watch"]
            check.watch = (watch["region"], watch["identifier"]) if watch else None
        if "force" in body:
            check.force = {"healthy": True, "unhealthy": False, None: None}[body["force"]]
        if "failing_checkers" in body:
            check.failing_checkers = body["failing_checkers"]
        return {"changed": check.id}

    def put_metric(self, rest: list[str], query: dict[str, str], body: Item) -> Item:
        """One sample into any namespace: region, namespace, metric, dimensions {}, value, age_seconds."""
        key = store.series(
            body["region"], body["namespace"], body["metric"], body.get("dimensions", {}).items()
        )
        time = self._world.wall() - float(body.get("age_seconds", 0))
        self._world.metrics.put(key, store.single(time, float(body["value"])))
        return {}

    def set_keys(self, rest: list[str], query: dict[str, str], body: Item) -> Item:
        """{"keys": {access key: secret}} switches signature checks on; an empty object switches them off."""
        self._world.keys = dict(body.get("keys", {}))
        return {"checked": bool(self._world.keys)}
