"""Strangers at the webhook. Each of them is one kind of nuisance; all of them together keep to a rate."""

from __future__ import annotations

import collections
import http.client
import itertools
import json
import socket
import threading
import time
from collections.abc import Callable

from .signed_sns import SignedSNS
from .webhook import Webhook


class Abusers:
    """They begin with the context and end with it."""

    def __init__(self, webhook: Webhook, sns: SignedSNS, topic: str, rate: float) -> None:
        self._webhook = webhook
        self._pause = 1 / rate
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._answers: collections.Counter[str] = collections.Counter()
        self._numbers = itertools.count()
        self._threads: list[threading.Thread] = []
        genuine = sns.envelope(topic, "nothing that concerns anybody")
        self._ignored = genuine
        self._forged = genuine.replace(b"nothing", b"any more")
        self._strange = sns.envelope(topic + "-of-mine", "mine")
        self._pages = genuine.replace(b"0123abcd", b"%08x")

    def answers(self) -> dict[str, int]:
        with self._lock:
            return dict(self._answers)

    def __enter__(self) -> Abusers:
        steady: list[Callable[[], str]] = [
            lambda: self._post("/hooks/sns", self._forged),
            lambda: self._post("/hooks/sns", self._ignored),
            lambda: self._post("/hooks/sns", self._strange),
            lambda: self._post("/hooks/sns", self._pages % next(self._numbers)),
            lambda: self._post("/hooks/sns", b"[" * 50_000),
            lambda: self._post("/hooks/sns", b'{"Type": "Notification"'),
            lambda: self._post("/hooks/sns", b"x" * (600 * 1024)),
            lambda: self._post("/hooks/sns", json.dumps({"Message": "\\" * 200_000}).encode()),
            lambda: self._post("/hooks/generic", b'{"workloads": ["orders"]}'),
            lambda: self._post("/" + "a" * 3000, b""),
            lambda: self._raw(b"POST /hooks/sns HTTP/1.1\r\nA: " + b"a" * 30_000 + b"\r\n\r\n"),
            lambda: self._raw(b"\x16\x03\x01\x02\x00" + bytes(500)),
            lambda: self._raw(b"POST /hooks/sns HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n"),
        ]
        self._start(lambda: self._steadily(steady))
        self._start(lambda: self._steadily(steady[:4]))
        for _ in range(20):
            self._start(self._slowly)
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join(20)

    def _start(self, body: Callable[[], None]) -> None:
        thread = threading.Thread(target=body, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _steadily(self, deeds: list[Callable[[], str]]) -> None:
        for deed in itertools.cycle(deeds):
            if self._over.wait(self._pause * 2):
                return
            try:
                answer = deed()
            except (OSError, http.client.HTTPException) as cause:
                answer = type(cause).__name__
            with self._lock:
                self._answers[answer] += 1

    def _slowly(self) -> None:
        """Half a request, one byte now and then, until it is thrown out; and again."""
        while not self._over.is_set():
            try:
                with socket.create_connection(("127.0.0.1", self._webhook.port), 5) as connection:
                    connection.sendall(
                        b"POST /hooks/sns HTTP/1.1\r\nHost: x\r\nContent-Length: 400000\r\n\r\n"
                    )
                    while not self._over.wait(0.5):
                        connection.sendall(b"x")
            except OSError:
                with self._lock:
                    self._answers["slow one closed"] += 1
                self._over.wait(0.2)

    def _post(self, path: str, body: bytes) -> str:
        status, word = self._webhook.post(path, body)
        return f"{status} {word[:40]}"

    def _raw(self, data: bytes) -> str:
        with socket.create_connection(("127.0.0.1", self._webhook.port), 5) as connection:
            connection.settimeout(5)
            connection.sendall(data)
            started = time.monotonic()
            try:
                line = connection.recv(64).split(b"\r\n")[0].decode(errors="replace")
            except TimeoutError:
                return f"nothing for {time.monotonic() - started:.0f} s"
            return line or "closed"
