"""The probe in the database's network, against real sockets."""

import json
import socket
import threading
from collections.abc import Iterator

import pytest

from functions.database_probe import handler


class Server:
    """Answers each connection with `answer` and notes what it was asked; None stays silent."""

    def __init__(self, answer: bytes | None) -> None:
        self._answer = answer
        self.asked: list[bytes] = []
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._open: list[socket.socket] = []
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self._open.append(connection)
            self.asked.append(connection.recv(64))
            if self._answer is not None:
                connection.sendall(self._answer)

    def close(self) -> None:
        for connection in [*self._open, self._socket]:
            connection.close()


@pytest.fixture
def postgres() -> Iterator[Server]:
    server = Server(b"S")
    yield server
    server.close()


def test_a_server_that_offers_tls_is_reachable(postgres: Server) -> None:
    assert handler.answers("127.0.0.1", postgres.port)
    # PostgreSQL's documentation: length 8, then 80877103.
    assert postgres.asked == [(8).to_bytes(4, "big") + (80877103).to_bytes(4, "big")]


def test_something_else_on_the_port_is_not() -> None:
    server = Server(b"HTTP/1.1 400 Bad Request\r\n")
    assert not handler.answers("127.0.0.1", server.port)
    server.close()


def test_a_port_where_nobody_listens_is_not() -> None:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        # Bound, so that nobody else takes it; not listening.
        assert not handler.answers("127.0.0.1", bound.getsockname()[1])


def test_silence_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(handler, "ANSWER_SECONDS", 0.1)
    server = Server(None)
    assert not handler.answers("127.0.0.1", server.port)
    server.close()


def test_the_limits_leave_time_to_say_so() -> None:
    from harness.systems import recording

    # A name may have two addresses, each tried for as long.
    worst = 2 * handler.CONNECT_SECONDS + handler.ANSWER_SECONDS
    functions = recording("postgres-dr").of("lambda/function:Function")
    probes = [f for f in functions if "database-probe" in f.name]
    assert len(probes) == 2
    assert all(worst < f.inputs["timeout"] for f in probes)


def test_what_is_logged_is_a_metric(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in {"HOST": "127.0.0.1", "PORT": str(postgres.port)}.items():
        monkeypatch.setenv(key, value)
    monkeypatch.setenv("NAMESPACE", "drctl/databases")
    monkeypatch.setenv("DATABASE", "orders")
    said: list[str] = []
    handler.handler({}, None, said.append)
    (line,) = said
    logged = json.loads(line)
    (directive,) = logged["_aws"]["CloudWatchMetrics"]
    assert directive["Namespace"] == "drctl/databases"
    assert all(d in logged for dimensions in directive["Dimensions"] for d in dimensions)
    assert all(m["Name"] in logged for m in directive["Metrics"])
    assert (logged["Database"], logged["Reachable"]) == ("orders", 1)
    assert logged["_aws"]["Timestamp"] > 1_700_000_000_000


def test_the_alarm_watches_just_that_metric() -> None:
    from harness.systems import recording

    made = recording("postgres-dr")
    probes = [f for f in made.of("lambda/function:Function") if "database-probe" in f.name]
    for probe in probes:
        variables = probe.inputs["environment"]["variables"]
        watching = [
            a.inputs
            for a in made.of("cloudwatch/metricAlarm:MetricAlarm")
            if a.inputs["metricName"] == "Reachable" and a.region == probe.region
        ]
        assert [a["namespace"] for a in watching] == [variables["NAMESPACE"]]
        assert [a["dimensions"] for a in watching] == [{"Database": variables["DATABASE"]}]
