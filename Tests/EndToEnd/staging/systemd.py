"""What systemd is to a service: the sockets that it listens on, without systemd itself."""

from __future__ import annotations

import socket
import struct
from pathlib import Path
from types import TracebackType


class Datagrams:
    """A Unix datagram socket at `path`, as `NOTIFY_SOCKET` and journald's are."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(str(path))

    def __enter__(self) -> Datagrams:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: object, trace: TracebackType | None) -> None:
        self._socket.close()

    def next(self, seconds: float = 20) -> bytes:
        """The next datagram; TimeoutError when none comes."""
        self._socket.settimeout(seconds)
        return self._socket.recv(1 << 20)

    def until(self, part: bytes, seconds: float = 20) -> bytes:
        """The first one that holds `part`; those before it are dropped."""
        while part not in (datagram := self.next(seconds)):
            pass
        return datagram


def journal_fields(datagram: bytes) -> dict[str, str]:
    """An entry in journald's own protocol, read by its specification."""
    fields: dict[str, str] = {}
    while datagram:
        line, datagram = datagram.split(b"\n", 1)
        name, plain, value = line.partition(b"=")
        if not plain:
            (length,) = struct.unpack("<Q", datagram[:8])
            value, datagram = datagram[8 : 8 + length], datagram[8 + length + 1 :]
        fields[name.decode()] = value.decode()
    return fields
