"""drctl's API over TCP, as other hosts and browsers meet it."""

from __future__ import annotations

import hashlib
import http.client
import json
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .identity import write_identity
from .stage import Stage
from .waiting import wait_until
from .webhook import free_port

READER, ACTOR = "drctl_reader-of-the-end-to-end-tests", "drctl_actor-of-the-end-to-end-tests"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        return json.loads(self.text)


class API:
    """Configures it before the stage is opened, and asks it afterwards."""

    def __init__(self, stage: Stage, tokens: bool = False, tls: bool = False) -> None:
        self.port = free_port()
        self.root: Path | None = None
        section: dict[str, Any] = {"listen": f"127.0.0.1:{self.port}"}
        if tls:
            self.root, certificate, key = write_identity(stage.folder)
            section |= {"certificate_file": str(certificate), "key_file": str(key)}
        if tokens:
            self.tokens = stage.folder / "tokens"
            self.grant(reader="read", actor="act")
            section["tokens_file"] = str(self.tokens)
        stage.config["api"] = section
        self._stage = stage

    def grant(self, **permissions: str) -> None:
        """Writes the file of tokens: of `reader` and `actor`, those that are named."""
        secrets = {"reader": READER, "actor": ACTOR}
        lines = [
            f"{name} {permission} sha256:{hashlib.sha256(secrets[name].encode()).hexdigest()}"
            for name, permission in permissions.items()
        ]
        self.tokens.write_text("\n".join(lines) + "\n")

    @property
    def url(self) -> str:
        return f"http{'s' if self.root else ''}://127.0.0.1:{self.port}"

    def ask(
        self, path: str, token: str = "", body: Any = None, method: str = "", **headers: str
    ) -> Answer:
        """GET, or POST of `body`. Underscores of the headers' names become hyphens."""
        connection = self._connection()
        lines = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            lines["Authorization"] = f"Bearer {token}"
        if body is not None:
            lines["Content-Type"] = "application/json"
        try:
            connection.request(
                method or ("GET" if body is None else "POST"),
                path,
                None if body is None else json.dumps(body),
                lines,
            )
            reply = connection.getresponse()
            return Answer(reply.status, dict(reply.headers), reply.read().decode())
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        if not self.root:
            return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        context = ssl.create_default_context(cafile=str(self.root))
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=20, context=context)

    def until_there(self) -> None:
        def answers() -> bool:
            try:
                return self.ask("/livez").status == 200
            except OSError:
                return False

        wait_until(answers, "the API answers", instead=self._stage.drctl.tail)
