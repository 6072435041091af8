"""Where the faults meet a call: on the network, before the effect, and after it."""

from __future__ import annotations

import select
import socket
import time
from typing import TYPE_CHECKING, Any

from .call import Call
from .codec import Reply
from .errors import AWSError, ConnectionCut
from .faults import Fault

if TYPE_CHECKING:
    from .world import World

# How often a held connection looks whether its client left or its fault ended.
GLANCE_SECONDS = 0.1
GARBAGE = {
    "html": b"<html><body><h1>It works!</h1></body></html>",
    "truncated": b'<?xml version="1.0"?>\n<DescribeDBInstancesResponse xmlns="http://rds.amazonaws.com/doc/2014-1',
    "empty": b"",
}


def network(world: World, call: Call, environ: dict[str, Any]) -> None:
    """Faults that make the service unreachable, and slowness."""
    with world.lock:
        fault = world.faults.hit("isolate", call)
        if fault is None and (fault := world.faults.region_down(call.region)):
            fault.hits += 1
            call.fault = f"{fault.id}:region_down"
        fault = fault or world.faults.hit("api_down", call)
        slow = world.faults.hit("latency", call)
    if slow is not None:
        time.sleep(min(float(slow.spec.get("seconds", 1.0)), world.settings.hold_seconds))
    if fault is None:
        return
    mode = fault.spec.get("mode", "refuse")
    if mode == "503":
        raise Unavailable
    if mode in ("blackhole", "drop"):
        hold(world, environ.get("werkzeug.socket"), fault)
    raise ConnectionCut("the lab cuts this connection")


class Unavailable(AWSError):
    def __init__(self) -> None:
        super().__init__("ServiceUnavailable", "Service is temporarily unavailable", 503)


def hold(world: World, connection: socket.socket | None, fault: Fault) -> None:
    """Says nothing until the client leaves, the fault is lifted, or the longest time is over."""
    end = time.monotonic() + world.settings.hold_seconds
    while time.monotonic() < end:
        with world.lock:
            if fault.remaining is None and not world.faults.is_active(fault):
                return
        if connection is None:
            time.sleep(GLANCE_SECONDS)
            continue
        readable, _, _ = select.select([connection], [], [], GLANCE_SECONDS)
        if readable:
            try:
                if not connection.recv(1, socket.MSG_PEEK):
                    return
            except OSError:
                return
            time.sleep(GLANCE_SECONDS)


def before_effect(world: World, call: Call) -> None:
    """Faults that are an answer of the service: nothing has happened yet."""
    with world.lock:
        if world.faults.hit("expired_token", call):
            code = {"json": "ExpiredTokenException", "ec2": "RequestExpired"}.get(
                call.protocol, "ExpiredToken"
            )
            raise AWSError(code, "The security token included in the request is expired", 403)
        if world.faults.hit("access_denied", call):
            code = {"json": "AccessDeniedException", "ec2": "UnauthorizedOperation"}.get(
                call.protocol, "AccessDenied"
            )
            raise AWSError(code, f"User is not authorized to perform: {call.service}:{call.operation}", 403)
        for kind, code, status in (("throttle", "Throttling", 400), ("error", "InternalFailure", 500)):
            fault = world.faults.hit(kind, call)
            if fault is not None:
                said = str(
                    fault.spec.get(
                        "message", "Rate exceeded" if kind == "throttle" else "by order of the lab"
                    )
                )
                raise AWSError(fault.spec.get("code", code), said, int(fault.spec.get("status", status)))


def after_reply(world: World, call: Call, reply: Reply) -> Reply:
    """Faults that spoil the reply: the effect stands."""
    with world.lock:
        if reply[0] < 300 and world.faults.hit("lost_reply", call):
            raise ConnectionCut("the reply is lost")
        fault = world.faults.hit("garbage", call)
    if fault is None:
        return reply
    body = str(fault.spec.get("body", "html"))
    if body == "truncated" and len(reply[2]) > 8:
        return 200, reply[1], reply[2][: len(reply[2]) // 2]
    kind = "text/html" if body == "html" else reply[1].get("Content-Type", "text/xml")
    return 200, {"Content-Type": kind}, GARBAGE.get(body, body.encode())
