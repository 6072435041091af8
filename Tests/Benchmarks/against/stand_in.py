"""RDS and CloudWatch over HTTP, with recorded answers for whatever databases are asked about, and
PostgreSQL's first byte for probes. Runs as a process of its own: `python -m against.stand_in HTTP-PORT
PROBE-PORT`.

Not the lab, which answers the same calls: it simulates every database, and would be what is measured."""

from __future__ import annotations

import asyncio
import sys
from email.utils import formatdate
from urllib.parse import parse_qsl

from . import samples


def answer(head: bytes, body: bytes) -> bytes:
    if head.startswith(b"GET "):
        return b""  # Who asks so wants to know what time it is, and reads it in the head.
    fields = dict(parse_qsl(body.decode()))
    scope = head.split(b"Credential=", 1)[1].split(b",", 1)[0].split(b"/")
    match fields.get("Action"):
        case "DescribeDBInstances":
            wanted = [value for name, value in fields.items() if ".Values.Value." in name]
            return samples.instances(wanted, scope[2].decode())
        case "GetMetricData":
            return samples.metrics(
                [
                    (value, fields[name.removesuffix("Id") + "MetricStat.Metric.MetricName"])
                    for name, value in fields.items()
                    if name.endswith(".Id")
                ]
            )
        case action:
            print(f"no answer is recorded for {action}", file=sys.stderr, flush=True)
            return b"<ErrorResponse><Error><Code>InvalidAction</Code></Error></ErrorResponse>"


class AWS(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport, self.received = transport, b""

    def data_received(self, data: bytes) -> None:
        self.received += data
        while (end := self.received.find(b"\r\n\r\n")) >= 0:
            head = self.received[:end]
            lines = head.lower().split(b"\r\n")
            length = int(next((line[15:] for line in lines if line.startswith(b"content-length")), 0))
            if len(self.received) < end + 4 + length:
                return
            body = answer(head, self.received[end + 4 : end + 4 + length])
            self.received = self.received[end + 4 + length :]
            self.transport.writelines(
                [
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nDate: %s\r\nContent-Length: %d\r\n\r\n"
                    % (formatdate(usegmt=True).encode(), len(body)),
                    body,
                ]
            )


class Postgres(asyncio.Protocol):
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.transport.write(b"S")


async def main(http_port: int, probe_port: int) -> None:
    loop = asyncio.get_running_loop()
    await loop.create_server(AWS, "127.0.0.1", http_port, backlog=4096)
    # Probes go to many addresses of 127/8.
    await loop.create_server(Postgres, "0.0.0.0", probe_port, backlog=4096)
    print("ready", flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
