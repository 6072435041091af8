"""An application, as far as an outage goes: it asks DNS for its database and greets it, again and again."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
import time

from staging import names

from .show import Show

SSL_REQUEST = struct.pack("!II", 8, 80877103)
# Between two tries, and for one.
PAUSE_SECONDS, PATIENCE_SECONDS = 0.2, 0.5


class Client:
    """Watches one name, and shows every change of what DNS answers and of whether a server greets."""

    def __init__(self, show: Show, dns: str, name: str, port: int, known: dict[str, str]) -> None:
        self._show, self._dns, self._name, self._port = show, dns, name, port
        self._names = known
        self.target = ""
        self.served = False
        # By `time.time()`: when it lost its database, and when it had one again.
        self.lost_at: float | None = None
        self.back_at: float | None = None
        self.moved_at: float | None = None
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(3)

    def known(self, host: str) -> str:
        """The database behind an endpoint's name, with its Region."""
        return self._names.get(host, host)

    def _watch(self) -> None:
        while not self._end.wait(PAUSE_SECONDS):
            chain: list[str] = []
            with contextlib.suppress(OSError):
                chain = names.answers(self._dns, self._name, PATIENCE_SECONDS)
            self._note_target(chain[0] if chain else "")
            self._note_service(bool(chain) and greeted(chain[-1], self._port))

    def _note_target(self, target: str) -> None:
        if target == self.target:
            return
        if self.target:
            self.moved_at = time.time()
            self._show.line(
                "dns", f"{self._name} now leads to {self.known(target)}; it was {self.known(self.target)}"
            )
        self.target = target

    def _note_service(self, served: bool) -> None:
        if served == self.served:
            return
        first, self.served = self.lost_at is None and not self.back_at and served, served
        where = self.known(self.target)
        if served and not first:
            self.back_at = time.time()
            self._show.line("client", f"{self._name}: a server answers again, {where}")
        elif not served:
            self.lost_at, self.back_at = time.time(), None
            self._show.line(
                "client", f"{self._name}: no database behind it any more, {where} does not answer"
            )


def greeted(address: str, port: int) -> bool:
    """Whether a PostgreSQL server answers the start of a session."""
    try:
        with socket.create_connection((address, port), PATIENCE_SECONDS) as connection:
            connection.sendall(SSL_REQUEST)
            return connection.recv(1) in (b"S", b"N")
    except OSError:
        return False
