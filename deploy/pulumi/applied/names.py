"""A stand-in for AWS answers no names. This answers those of a stack, as RDS and Route 53 would: each
database's own, and the clients' name, which follows the lever."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from dnslib import CNAME, QTYPE, RCODE, RR, A, DNSRecord

from .conftest import Client
from .databases import lets_anybody_in

# As the failover records have it.
SECONDS = 30


def at_once(answer: Callable[..., None], *given: Any) -> None:
    """In a thread of its own: what asks the stand-in before it answers keeps nobody else waiting, however
    busy the machine is. drctl gives a name server two seconds."""
    threading.Thread(target=answer, args=given, daemon=True).start()


class Door:
    """Answers where a database would be, while its groups let anybody in: that it speaks no TLS, and no
    more."""

    def __init__(self, address: str, port: int, is_open: Callable[[], bool]) -> None:
        self._is_open = is_open
        self._socket = socket.create_server((address, port))
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            at_once(self._greet, caller)

    def _greet(self, caller: socket.socket) -> None:
        with caller, suppress(OSError):
            caller.settimeout(1)
            if caller.recv(8) and self._is_open():
                caller.sendall(b"N")

    def close(self) -> None:
        """Nobody is let in any more. Closing alone would leave the thread waiting, and the port taken."""
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


class Names:
    """A context: a name server on loopback, at `address`."""

    def __init__(self, outputs: dict[str, str], client: Client) -> None:
        self._outputs = outputs
        self._cloudwatch = client("cloudwatch", outputs["standbyRegion"])
        self._hosts = {side: outputs[f"{side}Endpoint"].rsplit(":", 1)[0] for side in ("primary", "standby")}
        self._addresses = {self._hosts["primary"]: "127.0.0.101", self._hosts["standby"]: "127.0.0.102"}
        self._doors = [self._door(outputs, client, side) for side in ("primary", "standby")]
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"

    def _door(self, outputs: dict[str, str], client: Client, side: str) -> Door:
        host, port = outputs[f"{side}Endpoint"].rsplit(":", 1)
        return Door(self._addresses[host], int(port), partial(lets_anybody_in, outputs, client, side))

    def __enter__(self) -> "Names":
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        for door in self._doors:
            door.close()

    def _serve(self) -> None:
        while True:
            try:
                query, asker = self._socket.recvfrom(4096)
            except OSError:
                return
            at_once(self._answer, query, asker)

    def _answer(self, query: bytes, asker: tuple[str, int]) -> None:
        with suppress(OSError):
            self._socket.sendto(self._reply(DNSRecord.parse(query)), asker)

    def _reply(self, query: Any) -> bytes:
        name = str(query.q.qname).rstrip(".").lower()
        reply = query.reply(aa=1, ra=0)
        if name == self._outputs["leverName"]:
            host = self._hosts["standby" if self.lever_is_pulled() else "primary"]
            reply.add_answer(RR(name, QTYPE.CNAME, rdata=CNAME(host), ttl=SECONDS))
            name = host
        if name in self._addresses and QTYPE[query.q.qtype] == "A":
            reply.add_answer(RR(name, QTYPE.A, rdata=A(self._addresses[name]), ttl=SECONDS))
        if name not in self._addresses:
            reply.header.rcode = RCODE.NXDOMAIN
        packed: bytes = reply.pack()
        return packed

    def lever_is_pulled(self) -> bool:
        """As its alarm would see it."""
        now = datetime.now(UTC)
        pairs = (pair.split("=", 1) for pair in self._outputs["leverDimensions"].split(","))
        points = self._cloudwatch.get_metric_statistics(
            Namespace=self._outputs["leverNamespace"],
            MetricName=self._outputs["leverMetric"],
            Dimensions=[{"Name": key, "Value": value} for key, value in pairs],
            StartTime=now - timedelta(minutes=10),
            EndTime=now + timedelta(minutes=1),
            Period=60,
            Statistics=["Maximum"],
        )["Datapoints"]
        return any(point["Maximum"] >= 1 for point in points)
