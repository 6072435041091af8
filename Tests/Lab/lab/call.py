"""One API call as it came in, and the log of all of them."""

from __future__ import annotations

import json
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote

from werkzeug.datastructures import EnvironHeaders

SCOPE = re.compile(r"Credential=([^/,\s]+)/(\d{8})/([^/,\s]+)/([^/,\s]+)/aws4_request")
# Services whose name in a signature is not the one that people use.
SIGNING_NAMES = {"cloudwatch": "monitoring"}
# Older calls are dropped beyond this many, so that a long demo does not grow without bound.
KEPT_CALLS = 20_000


@dataclass
class Call:
    time: float
    wall: float
    method: str
    path: str
    query: str
    headers: EnvironHeaders
    body: bytes
    service: str = "?"
    region: str = "?"
    access_key: str = "?"
    operation: str = "?"
    protocol: str = "query"
    url_params: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    parameters: dict[str, Any] = field(default_factory=dict)
    status: int | None = None
    effect: bool = False
    outcome: str = "pending"
    fault: str | None = None
    number: int = 0

    def as_json(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "time": round(self.time, 4),
            "wall": self.wall,
            "service": self.service,
            "region": self.region,
            "operation": self.operation,
            "parameters": self.parameters,
            "path": self.path,
            "method": self.method,
            "host": self.headers.get("Host", ""),
            "status": self.status,
            "effect": self.effect,
            "outcome": self.outcome,
            "fault": self.fault,
            "access_key": self.access_key,
        }


class CallLog:
    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=KEPT_CALLS)
        self._count = 0

    def add(self, call: Call) -> None:
        self._count += 1
        call.number = self._count
        self._calls.append(call)

    def clear(self) -> None:
        self._calls.clear()

    def find(self, **wanted: str) -> list[dict[str, Any]]:
        """Calls whose named fields equal the wanted text, without regard to case."""
        if "service" in wanted:
            wanted["service"] = SIGNING_NAMES.get(wanted["service"].lower(), wanted["service"])
        found = []
        for call in list(self._calls):
            row = call.as_json()
            if all(str(row.get(name, "")).lower() == text.lower() for name, text in wanted.items()):
                found.append(row)
        return found


def read_call(environ: dict[str, Any], now: float, wall: float) -> Call:
    """Service, Region and key come from the credential scope, as AWS reads them; `?` when unsigned."""
    body = read_body(environ)
    call = Call(
        time=now,
        wall=wall,
        method=environ["REQUEST_METHOD"],
        path=environ.get("PATH_INFO", "/"),
        query=environ.get("QUERY_STRING", ""),
        headers=EnvironHeaders(environ),
        body=body,
    )
    scope = SCOPE.search(
        call.headers.get("Authorization", "")
        or unquote(call.query).replace("X-Amz-Credential=", "Credential=")
    )
    if scope:
        call.access_key, _, call.region, call.service = scope.groups()
    read_operation(call)
    return call


def read_body(environ: dict[str, Any]) -> bytes:
    """All of it, chunked or not, so that the connection is ready for the next request."""
    chunked = environ.get("HTTP_TRANSFER_ENCODING", "").lower() == "chunked"
    body: bytes = environ["wsgi.input"].read(-1 if chunked else int(environ.get("CONTENT_LENGTH") or 0))
    return body


def read_operation(call: Call) -> None:
    content_type = call.headers.get("Content-Type", "")
    target = call.headers.get("X-Amz-Target", "")
    if target:
        call.protocol = "json"
        call.operation = target.split(".")[-1]
        call.parameters = read_json(call.body)
        return
    text = call.body.decode("utf-8", "replace") if "form-urlencoded" in content_type else ""
    call.form = dict(parse_qsl(call.query, keep_blank_values=True))
    call.form.update(parse_qsl(text, keep_blank_values=True))
    if "Action" in call.form:
        call.protocol = "ec2" if call.service == "ec2" else "query"
        call.operation = call.form["Action"]
        call.parameters = {k: v for k, v in call.form.items() if k not in ("Action", "Version")}
        return
    call.protocol = "rest-xml" if call.service in ("route53", "s3") else "rest-json"
    call.operation = f"{call.method} {call.path}"
    call.parameters = dict(call.form)


def read_json(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        return {"unparsable": body.decode("utf-8", "replace")[:2000]}
    return value if isinstance(value, dict) else {"value": value}
