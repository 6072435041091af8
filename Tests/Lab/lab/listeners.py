"""Database endpoints: one loopback address each, all on one port, as RDS has one port for all."""

from __future__ import annotations

import contextlib
import errno
import selectors
import socket
import ssl
import struct
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from .certificate import server_context
from .postgres import converse

# Beyond this the oldest connection makes room: a black hole would otherwise collect its visitors for ever.
MOST_CONNECTIONS = 512


@dataclass
class Endpoint:
    """`mode`: open; refuse (nobody listens); blackhole (accepted, never answered); drop (SYN unanswered)."""

    host: str
    address: str
    port: int
    mode: str = "closed"
    sockets: list[socket.socket] = field(default_factory=list)
    connections: list[socket.socket] = field(default_factory=list)

    @property
    def accepting(self) -> bool:
        return self.mode == "open"


class Listeners:
    """One thread accepts for all endpoints; each connection then has its own short-lived thread."""

    def __init__(self, port: int, ssl_answer: Callable[[], str]) -> None:
        self._ssl_answer = ssl_answer
        self._context: ssl.SSLContext = server_context()
        self._selector = selectors.DefaultSelector()
        self._lock = threading.RLock()
        self._next = 0
        self._wake, self._woken = socket.socketpair()
        self._wake.setblocking(False)
        self._selector.register(self._woken, selectors.EVENT_READ, None)
        self.port = port
        threading.Thread(target=self._accept_all, daemon=True, name="listeners").start()

    def create(self, host: str) -> Endpoint:
        """A new endpoint that accepts; the first one settles the port for all. OSError when none is free."""
        with self._lock:
            for _ in range(1000):
                number = self._next
                self._next += 1
                address = f"127.0.{1 + number // 254}.{1 + number % 254}"
                endpoint = Endpoint(host, address, self.port)
                try:
                    self._open(endpoint, backlog=128)
                except OSError as cause:
                    if cause.errno != errno.EADDRINUSE:
                        raise
                    continue
                endpoint.mode = "open"
                self._watch(endpoint)
                self.port = endpoint.port
                return endpoint
        raise OSError(errno.EADDRINUSE, f"no loopback address is free on port {self.port}")

    def set_mode(self, endpoint: Endpoint, mode: str) -> None:
        """Changes what NEW connections meet; established ones live on until `cut`."""
        with self._lock:
            if endpoint.mode == mode:
                return
            self._close(endpoint)
            endpoint.mode = mode
            if mode == "drop":
                # With an accept queue of one, filled by ourselves, the kernel drops every further SYN.
                listener = self._open(endpoint, backlog=0)
                filler = socket.socket()
                filler.setblocking(False)
                filler.connect_ex(listener.getsockname())
                endpoint.sockets.append(filler)
            elif mode in ("open", "blackhole"):
                self._open(endpoint, backlog=128)
                self._watch(endpoint)

    def cut(self, endpoint: Endpoint) -> None:
        """Resets the established connections."""
        with self._lock:
            connections = list(endpoint.connections)
            endpoint.connections.clear()
        for connection in connections:
            reset(connection)

    def remove(self, endpoint: Endpoint) -> None:
        self.set_mode(endpoint, "closed")
        self.cut(endpoint)

    def _open(self, endpoint: Endpoint, backlog: int) -> socket.socket:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((endpoint.address, endpoint.port))
        except OSError:
            listener.close()
            raise
        listener.listen(backlog)
        listener.setblocking(False)
        endpoint.port = listener.getsockname()[1]
        endpoint.sockets.append(listener)
        return listener

    def _watch(self, endpoint: Endpoint) -> None:
        self._selector.register(endpoint.sockets[0], selectors.EVENT_READ, endpoint)
        with contextlib.suppress(BlockingIOError):  # enough calls are waiting to be heard
            self._wake.send(b"w")

    def _close(self, endpoint: Endpoint) -> None:
        for item in endpoint.sockets:
            with contextlib.suppress(KeyError, ValueError):  # a dropping endpoint is not watched
                self._selector.unregister(item)
            item.close()
        endpoint.sockets.clear()

    def _accept_all(self) -> None:
        while True:
            for key, _ in self._selector.select(timeout=1.0):
                if key.data is None:
                    self._woken.recv(4096)
                    continue
                with self._lock:
                    endpoint: Endpoint = key.data
                    if not endpoint.sockets or endpoint.sockets[0] is not key.fileobj:
                        continue
                    try:
                        connection, _ = endpoint.sockets[0].accept()
                    except OSError:
                        continue
                    if len(endpoint.connections) >= MOST_CONNECTIONS:
                        reset(endpoint.connections.pop(0))
                    # A second handle on the same connection: TLS takes the first one away.
                    handle = connection.dup() if endpoint.mode == "open" else connection
                    endpoint.connections.append(handle)
                    if endpoint.mode == "open":
                        threading.Thread(
                            target=self._serve, args=(endpoint, connection, handle), daemon=True
                        ).start()

    def _serve(self, endpoint: Endpoint, connection: socket.socket, handle: socket.socket) -> None:
        try:
            converse(connection, self._ssl_answer, self._context)
        except OSError:
            pass  # the client left, or was cut
        finally:
            with self._lock:
                if handle in endpoint.connections:
                    endpoint.connections.remove(handle)
            connection.close()
            handle.close()


def reset(connection: socket.socket) -> None:
    """Ends a connection with a TCP reset instead of a polite close."""
    try:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    connection.close()
