"""A small HTTP/2 server for the tests: frames, and no header compression to speak of, since what it answers does
not depend on what it is asked. Each kind of behaviour has a port of its own."""

import itertools
import socket
import ssl
import struct
import threading

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
DATA, HEADERS, RST_STREAM, SETTINGS, PING, GOAWAY = 0, 1, 3, 4, 6, 7
END_STREAM, ACK, END_HEADERS = 1, 1, 4
REFUSED_STREAM = 7
STATUS_200 = b"\x88"  # indexed in HPACK's static table
GATHERED = 4

connections = itertools.count(1)


class Connection:
    def __init__(self, channel, behaviour, note):
        self.channel = channel
        self.note = note
        self.behaviour = behaviour
        self.number = next(connections)
        self.seen = 0
        self.waiting = []

    def send(self, kind, flags, stream, payload=b""):
        self.channel.sendall(
            struct.pack(">I", len(payload))[1:] + struct.pack(">BBI", kind, flags, stream) + payload
        )

    def exactly(self, count):
        data = b""
        while len(data) < count:
            more = self.channel.recv(count - len(data))
            if not more:
                raise EOFError
            data += more
        return data

    def run(self):
        if self.exactly(len(PREFACE)) != PREFACE:
            return
        self.send(SETTINGS, 0, 0)
        while True:
            head = self.exactly(9)
            length = int.from_bytes(head[:3], "big")
            kind, flags, stream = struct.unpack(">BBI", head[3:])
            payload = self.exactly(length)
            if kind == SETTINGS and not flags & ACK:
                self.send(SETTINGS, ACK, 0)
            elif kind == PING and not flags & ACK:
                self.send(PING, ACK, 0, payload)
            elif kind in (HEADERS, DATA) and flags & END_STREAM:
                self.seen += 1
                getattr(self, self.behaviour)(stream)

    def answer(self, stream):
        self.send(HEADERS, END_HEADERS, stream, STATUS_200)
        self.send(DATA, END_STREAM, stream, str(self.number).encode())

    def gather(self, stream):
        """The first is answered at once; then as many as GATHERED together, the last one first."""
        if self.seen == 1:
            return self.answer(stream)
        self.waiting.append(stream)
        if len(self.waiting) == GATHERED:
            while self.waiting:
                self.answer(self.waiting.pop())

    def stall(self, stream):
        """Only the first request of a connection is answered."""
        if self.seen == 1:
            self.answer(stream)
        else:
            self.note("stalled")

    def refuse(self, stream):
        """The second request of a connection is refused unseen."""
        if self.seen == 2:
            self.send(RST_STREAM, 0, stream, struct.pack(">I", REFUSED_STREAM))
        else:
            self.answer(stream)


def serve(context, behaviour, note):
    """Returns the port. `note` is told of each request that waits in vain."""
    listener = socket.create_server(("127.0.0.1", 0))

    def handle(channel):
        try:
            with context.wrap_socket(channel, server_side=True) as secure:
                Connection(secure, behaviour, note).run()
        except (EOFError, OSError):
            pass

    def accept():
        while True:
            channel, _ = listener.accept()
            channel.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=handle, args=(channel,), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    return listener.getsockname()[1]


def context(certificate, key):
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    made.load_cert_chain(certificate, key)
    made.set_alpn_protocols(["h2"])
    return made
