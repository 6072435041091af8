"""Puts it together: the HTTP server, the DNS server, and the world behind them."""

from __future__ import annotations

import json
import logging
import os
import threading
from pathlib import Path
from typing import Any

from moto.moto_server.werkzeug_app import MotoRequestHandler
from werkzeug.serving import make_server

from .app import LabApplication
from .dns_server import DNSServer
from .errors import ConnectionCut
from .listeners import reset
from .pulse import Pulse
from .world import World


class Handler(MotoRequestHandler):
    # Clients keep their connections, as they do with AWS.
    protocol_version = "HTTP/1.1"
    # Small replies must not wait for the acknowledgement of the header packet.
    disable_nagle_algorithm = True
    wbufsize = -1

    def run_wsgi(self) -> None:
        super().run_wsgi()
        self.wfile.flush()

    def connection_dropped(self, error: BaseException, environ: dict[str, Any] | None = None) -> None:
        """A cut connection is reset, so that the client cannot mistake it for an empty reply."""
        self.close_connection = True
        if isinstance(error, ConnectionCut):
            reset(self.connection)

    def log(self, type: str, message: str, *args: Any) -> None:
        """Quiet: /_lab/calls is the log."""


class LabServer:
    def __init__(self, port: int = 0, dns_port: int = 0, db_port: int = 0, seed: int = 1) -> None:
        logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
        self.world = World(seed, db_port)
        self.app = LabApplication(self.world)
        self._server = make_server("127.0.0.1", port, self.app, threaded=True, request_handler=Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self.dns = DNSServer(self.world, dns_port)
        self._pulse = Pulse(self.world)

    def describe(self) -> dict[str, str]:
        return {"url": self.url, "dns": self.dns.address, "control": f"{self.url}/_lab"}

    def write_port_file(self, path: Path) -> None:
        """Atomically: who sees the file sees all of it."""
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.write_text(json.dumps(self.describe()) + "\n")
        draft.replace(path)

    def serve(self) -> None:
        self._server.serve_forever()

    def stop(self) -> None:
        """From another thread, or from a signal handler's thread."""
        self._pulse.stop()
        threading.Thread(target=self._server.shutdown, daemon=True).start()
