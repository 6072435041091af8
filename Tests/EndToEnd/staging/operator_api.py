"""The operator API on the service's Unix socket: what `drctl status` asks, without a process each time."""

from __future__ import annotations

import http.client
import json
import socket
from typing import Any

Item = dict[str, Any]


class NoAnswer(Exception):
    """No service answers on the socket."""


class OverSocket(http.client.HTTPConnection):
    def __init__(self, path: str) -> None:
        super().__init__("drctl", timeout=10)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class OperatorAPI:
    def __init__(self, path: str) -> None:
        self._path = path

    def get(self, path: str) -> Any:
        connection = OverSocket(self._path)
        try:
            connection.request("GET", path)
            reply = connection.getresponse()
            body = reply.read()
        except (OSError, http.client.HTTPException) as cause:
            raise NoAnswer(str(cause)) from cause
        finally:
            connection.close()
        if reply.status != 200:
            raise NoAnswer(f"{path}: {reply.status}: {body[:300]!r}")
        return json.loads(body)

    def status(self) -> Item:
        found: Item = self.get("/v1/status")
        return found

    def workload(self, name: str) -> Item | None:
        """None while no service answers."""
        try:
            return next((row for row in self.status()["workloads"] if row["id"] == name), None)
        except NoAnswer:
            return None

    def history(self, after: int = 0, limit: int = 1000) -> list[Item]:
        """Records in order; empty while no service answers."""
        try:
            found: list[Item] = self.get(f"/v1/history?after={after}&limit={limit}")
        except NoAnswer:
            return []
        return found
