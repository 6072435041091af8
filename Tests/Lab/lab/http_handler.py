"""HTTP of the lab: kept connections, quiet, and able to reset a connection instead of answering."""

from __future__ import annotations

import contextlib
import sys
import traceback
from collections.abc import Callable
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler

from .errors import ConnectionCut
from .listeners import reset


class Handler(MotoRequestHandler):
    # Clients keep their connections, as they do with AWS; werkzeug's own loop closes after each reply.
    protocol_version = "HTTP/1.1"
    # Small replies must not wait for the acknowledgement of the header packet.
    disable_nagle_algorithm = True
    wbufsize = -1
    # An idle connection is let go after this many seconds.
    timeout = 75

    def run_wsgi(self) -> None:
        """The application has read the whole request and answers in one piece, so the next one can follow."""
        head: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> Callable[[bytes], None]:
            head[:] = [int(status.split()[0]), headers]
            return lambda data: None

        environ = self.make_environ()
        try:
            body = b"".join(self.server.app(environ, start))
        except ConnectionCut:
            self.close_connection = True
            reset(self.connection)
            return
        except Exception:  # a fault of the lab itself: say so where a person looks
            traceback.print_exc(file=sys.stderr)
            head[:] = [500, [("Content-Length", "0")]]
            body = b""
        self.send_response(head[0])
        for name, value in head[1]:
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def finish(self) -> None:
        # After a reset there is nothing left to flush.
        with contextlib.suppress(OSError, ValueError):
            super().finish()

    def log(self, type: str, message: str, *args: Any) -> None:
        """Quiet: /_lab/calls is the log."""
