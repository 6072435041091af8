"""A stand-in for AWS answers no names. This answers those of a stack, as RDS and Route 53 would: each
database's own, and the clients' name, which follows the lever."""

import socket
import threading
from datetime import UTC, datetime, timedelta
from typing import Any

from dnslib import CNAME, QTYPE, RCODE, RR, A, DNSRecord

from .conftest import Client

# As the failover records have it.
SECONDS = 30


class Names:
    """A context: a name server on loopback, at `address`."""

    def __init__(self, outputs: dict[str, str], client: Client) -> None:
        self._outputs = outputs
        self._cloudwatch = client("cloudwatch", outputs["standbyRegion"])
        self._hosts = {side: outputs[f"{side}Endpoint"].rsplit(":", 1)[0] for side in ("primary", "standby")}
        # Where nobody listens: a stand-in has no databases behind its names.
        self._addresses = {self._hosts["primary"]: "127.0.0.101", self._hosts["standby"]: "127.0.0.102"}
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> "Names":
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def _serve(self) -> None:
        while True:
            try:
                query, asker = self._socket.recvfrom(4096)
                self._socket.sendto(self._reply(DNSRecord.parse(query)), asker)
            except OSError:
                return

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
