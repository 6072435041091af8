"""drctl's webhook as its senders meet it."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import http.client
import socket
import sqlite3
import ssl
import time
from pathlib import Path
from typing import Any

from .identity import write_identity
from .signed_sns import SignedSNS
from .stage import Stage
from .waiting import wait_until

SECRET = "a-secret-of-the-end-to-end-tests-0123456789"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Webhook:
    """Configures it before the stage is opened, and sends to it afterwards."""

    def __init__(self, stage: Stage, sns: SignedSNS, *topics: str, tls: bool = False) -> None:
        self.port = free_port()
        self.secret = stage.folder / "webhook-secret"
        self.secret.write_text(SECRET + "\n")
        stage.config["aws"]["ca_bundle"] = str(sns.ca_file)
        stage.config["webhook"] = {
            "listen": f"127.0.0.1:{self.port}",
            "topics": [{"arn": topic} for topic in topics],
            "ca_file": str(sns.ca_file),
            "secret_file": str(self.secret),
        }
        self.root: Path | None = None
        if tls:
            self.root, certificate, key = write_identity(stage.folder)
            files = {"certificate_file": str(certificate), "key_file": str(key)}
            stage.config["webhook"] |= files
        self._environment = {"HTTPS_PROXY": sns.proxy}
        self._stage = stage

    def open(self) -> None:
        self._stage.configure()
        self.start()
        self._stage.until_healthy()

    def start(self) -> None:
        self._stage.drctl.serve(env=self._environment)
        wait_until(self._listens, "the webhook listens")

    def _listens(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def unsettled(self) -> int:
        """Messages that drctl has taken and not looked after yet."""
        path = self._stage.folder / "journal-webhook.db"
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as store:
            count: int = store.execute("SELECT count(*) FROM arrival WHERE settled = 0").fetchone()[0]
            return count

    def post(self, path: str, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, str]:
        connection = self._connection()
        try:
            connection.request("POST", path, body, headers or {"Content-Type": "text/plain; charset=UTF-8"})
            reply = connection.getresponse()
            return reply.status, reply.read().decode().strip()
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        if not self.root:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        context = ssl.create_default_context(cafile=str(self.root))
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=context)

    def sns(self, body: bytes) -> tuple[int, str]:
        return self.post("/hooks/sns", body)

    def generic(self, body: bytes, secret: str = SECRET) -> tuple[int, str]:
        now = str(int(time.time()))
        text = f"v1:{now}:".encode() + body
        signature = "v1=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
        return self.post("/hooks/generic", body, {"X-Drctl-Timestamp": now, "X-Drctl-Signature": signature})


def nudges(history: list[dict[str, Any]]) -> list[str]:
    """Why drctl looked at once, oldest first."""
    return [
        row["record"]["event"]["nudged"]["source"] for row in history if "nudged" in row["record"]["event"]
    ]
