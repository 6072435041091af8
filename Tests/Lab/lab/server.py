"""Puts it together: the HTTP server, the DNS server, and the world behind them."""

from __future__ import annotations

import json
import logging
import os
import threading
from pathlib import Path

from werkzeug.serving import make_server

from .app import LabApplication
from .dns_server import DNSServer
from .http_handler import Handler
from .pulse import Pulse
from .world import World


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
        self._server.serve_forever(poll_interval=0.05)

    def stop(self) -> None:
        """From another thread, or from a signal handler's thread."""
        self._pulse.stop()
        threading.Thread(target=self._server.shutdown, daemon=True).start()
