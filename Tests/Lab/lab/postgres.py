"""The start of a PostgreSQL session, as far as a probe goes: SSLRequest, TLS, and a refusal to log in."""

from __future__ import annotations

import socket
import ssl
import struct
from collections.abc import Callable

SSL_REQUEST = struct.pack("!II", 8, 80877103)
CANCEL_OR_GSS = (80877102, 80877104)
# A client that says nothing is let go after this long; a probe is far quicker.
PATIENCE_SECONDS = 30.0
# PostgreSQL itself refuses start-up packets above 10,000 bytes.
LONGEST_STARTUP = 10_000


def converse(connection: socket.socket, ssl_answer: Callable[[], str], context: ssl.SSLContext) -> None:
    """Ends when the client leaves, is silent for too long, or has been refused the login."""
    connection.settimeout(PATIENCE_SECONDS)
    streams = [connection]
    try:
        answer_all(streams, ssl_answer, context)
    finally:
        streams[-1].close()


def answer_all(streams: list[socket.socket], ssl_answer: Callable[[], str], context: ssl.SSLContext) -> None:
    """`streams` grows by the TLS stream, which then owns the connection."""
    while True:
        stream = streams[-1]
        head = read(stream, 8)
        if len(head) < 8:
            return
        size, code = struct.unpack("!II", head)
        if head == SSL_REQUEST:
            answer = ssl_answer()
            stream.sendall(answer.encode())
            if answer == "S":
                streams.append(context.wrap_socket(stream, server_side=True))
        elif code in CANCEL_OR_GSS:
            stream.sendall(b"N")
        else:
            if 8 < size <= LONGEST_STARTUP:
                read(stream, size - 8)
            stream.sendall(refusal("28000", "the lab has no users: only the start of a session is simulated"))
            return


def read(stream: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = stream.recv(size - len(data))
        if not part:
            break
        data += part
    return data


def refusal(state: str, message: str) -> bytes:
    body = (
        b"".join(
            kind + text.encode() + b"\0"
            for kind, text in ((b"S", "FATAL"), (b"V", "FATAL"), (b"C", state), (b"M", message))
        )
        + b"\0"
    )
    return b"E" + struct.pack("!I", len(body) + 4) + body
