"""The WSGI application: every API call passes the faults, then the lab or moto answers it."""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Iterable
from typing import Any

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

from . import codec
from .auth import check_signature
from .call import Call, CallLog, read_body, read_call
from .cloudwatch.operations import OPERATIONS as CLOUDWATCH
from .codec import Reply
from .control import Control
from .disruption import after_reply, before_effect, network
from .errors import AWSError, ConnectionCut
from .iam import OPERATIONS as IAM
from .rds import through_moto
from .rds.operations import OPERATIONS as RDS
from .route53.operations import OPERATIONS as ROUTE53
from .world import World

TABLES = {"rds": RDS, "monitoring": CLOUDWATCH, "route53": ROUTE53, "iam": IAM}
READING = ("Describe", "List", "Get", "Test", "Batch", "Scan", "Query", "Receive", "Simulate")
StartResponse = Callable[..., Any]


class LabApplication:
    def __init__(self, world: World) -> None:
        self.world = world
        self.calls = CallLog()
        self._control = Control(world, self.calls)
        self._moto = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "/")
        if path.startswith("/_lab"):
            status, headers, body = self._control.answer(environ)
        elif path.startswith("/moto-api"):
            status, headers, body = self.ask_moto(environ, read_body(environ))
        else:
            status, headers, body = self.answer(environ)
        start_response(str(status), [*headers.items(), ("Content-Length", str(len(body)))])
        return [body]

    def answer(self, environ: dict[str, Any]) -> Reply:
        world = self.world
        call = read_call(environ, world.now, world.wall())
        if call.service == "route53":
            codec.route(call)
        self.calls.add(call)
        try:
            reply = self.perform(environ, call)
            call.status = reply[0]
            call.outcome = "answered"
            return after_reply(world, call, reply)
        except ConnectionCut:
            call.outcome = "cut"
            raise

    def perform(self, environ: dict[str, Any], call: Call) -> Reply:
        try:
            network(self.world, call, environ)
            check_signature(self.world, call)
            before_effect(self.world, call)
            return self.dispatch(environ, call)
        except AWSError as error:
            error.bare = error.code == "InvalidChangeBatch" and self.world.settings.bare_change_batch_errors
            return codec.render_error(call, error)

    def dispatch(self, environ: dict[str, Any], call: Call) -> Reply:
        operation = TABLES.get(call.service, {}).get(call.operation)
        if call.service == "rds":
            return self.rds(environ, call, operation)
        if operation is None:
            return self.foreign(environ, call)
        params = codec.parse(call)
        if call.protocol == "rest-xml":
            call.parameters = jsonable(params)
        with self.world.lock:
            self.world.settle()
            return codec.render(call, operation(self.world, call, params))

    def rds(self, environ: dict[str, Any], call: Call, operation: Any) -> Reply:
        params = codec.parse(call)
        with self.world.lock:
            self.world.settle()
            if operation is not None:
                result = operation(self.world, call, params)
                self.world.settle()
                return codec.render(call, result)
            # moto's RDS is not safe for threads, so it too runs under the lock.
            through_moto.before(self.world, call, params)
            reply = self.foreign(environ, call)
            if reply[0] < 300:
                result = through_moto.after(self.world, call, params)
                self.world.settle()
                return codec.render(call, result) if result else reply
            return reply

    def foreign(self, environ: dict[str, Any], call: Call) -> Reply:
        """moto's own answer; its HTML errors become the envelope that AWS would send."""
        status, headers, body = self.ask_moto(environ, call.body)
        html = "html" in headers.get("Content-Type", "") and not body.lstrip().startswith(
            (b"<?xml", b"<E", b"<R")
        )
        if status >= 500 and (html or not body):
            raise AWSError("InternalFailure", "moto failed on this request", 500)
        if html and status == 404 and call.service in TABLES:
            raise AWSError("UnknownOperationException", "There is nothing at this path", 404)
        call.effect = status < 300 and not call.operation.startswith(READING)
        return status, headers, body

    def ask_moto(self, environ: dict[str, Any], body: bytes) -> Reply:
        inner = copy.copy(environ)
        inner["wsgi.input"] = io.BytesIO(body)
        inner["CONTENT_LENGTH"] = str(len(body))
        inner.pop("HTTP_TRANSFER_ENCODING", None)
        seen: list[Any] = []

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Callable[[bytes], None]:
            seen[:] = [int(status.split()[0]), dict(headers)]
            return lambda data: None

        try:
            parts = self._moto(inner, start)
            answer = b"".join(parts)
        except NotImplementedError as cause:
            raise AWSError("InvalidAction", "the action is not known to the lab") from cause
        except Exception as cause:
            raise AWSError("InternalFailure", f"moto failed on this request: {cause!r}", 500) from cause
        dropped = ("content-length", "connection", "date", "server")
        headers = {k: v for k, v in seen[1].items() if k.lower() not in dropped}
        return seen[0], headers, answer


def jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(k): jsonable(v) for k, v in value.items()}
    if isinstance(value, list):
        return [jsonable(item) for item in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
