"""DNS over UDP on loopback: Route 53's data plane and RDS's own names, whatever Region is down."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

from dnslib import CNAME, NS, QTYPE, RCODE, RR, TXT, A, DNSRecord

from .route53.resolver import Answer
from .route53.zones import absolute

if TYPE_CHECKING:
    from .world import World

LARGEST_QUERY = 4096


class DNSServer:
    def __init__(self, world: World, port: int = 0) -> None:
        self._world = world
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", port))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        threading.Thread(target=self._serve, daemon=True, name="dns").start()

    def _serve(self) -> None:
        while True:
            try:
                data, client = self._socket.recvfrom(LARGEST_QUERY)
            except OSError:
                return
            try:
                reply = self.reply(data)
            except Exception:  # a query that does not parse gets no answer, as from a real server
                continue
            if reply is not None:
                self._socket.sendto(reply, client)

    def reply(self, data: bytes) -> bytes | None:
        query = DNSRecord.parse(data)
        name, kind = absolute(str(query.q.qname)), QTYPE[query.q.qtype]
        world = self._world
        with world.lock:
            if world.faults.active("isolate"):
                return None
            world.settle()
            rows = world.resolver.answer(name, kind)
            known = bool(rows) or world.resolver.knows(name)
            ours = world.zones.zone_of(name) is not None or name.endswith(".amazonaws.com.")
        reply = query.reply(aa=1, ra=0)
        for row in rows:
            record = resource(row)
            if record is not None:
                reply.add_answer(record)
        if not known:
            reply.header.rcode = RCODE.NXDOMAIN if ours else RCODE.REFUSED
        packed: bytes = reply.pack()
        return packed


def resource(row: Answer) -> RR | None:
    makers = {"A": A, "CNAME": CNAME, "NS": NS, "TXT": lambda value: TXT(value.strip('"'))}
    maker = makers.get(row.type)
    if maker is None:
        return None
    return RR(row.name, getattr(QTYPE, row.type), rdata=maker(row.value), ttl=row.ttl)
