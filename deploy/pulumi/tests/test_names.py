"""The name server that stands in for RDS's and Route 53's, where `make test-infra` is given a stand-in."""

import threading
from collections.abc import Iterator
from typing import Any

import pytest
from dnslib import DNSRecord

from applied.names import Names

PRIMARY, STANDBY, LEVER = "primary.example.com", "standby.example.com", "db.example.com"
OUTPUTS = {
    "standbyRegion": "eu-west-1",
    "primaryEndpoint": f"{PRIMARY}:0",
    "standbyEndpoint": f"{STANDBY}:0",
    "leverName": LEVER,
    "leverNamespace": "drctl",
    "leverMetric": "lever",
    "leverDimensions": "Region=eu-central-1",
}


class CloudWatch:
    """Says what the lever's metric holds, once it is let."""

    def __init__(self) -> None:
        self.points: list[dict[str, float]] = []
        self.asked, self.may_answer = threading.Event(), threading.Event()

    def get_metric_statistics(self, **_: Any) -> dict[str, Any]:
        self.asked.set()
        assert self.may_answer.wait(30)
        return {"Datapoints": self.points}


@pytest.fixture
def cloudwatch() -> Iterator[CloudWatch]:
    made = CloudWatch()
    yield made
    made.may_answer.set()


@pytest.fixture
def names(cloudwatch: CloudWatch) -> Iterator[Names]:
    with Names(OUTPUTS, lambda service, region: cloudwatch) as made:
        yield made


def ask(names: Names, name: str) -> list[str]:
    """The addresses and names in the answer."""
    host, port = names.address.split(":")
    answered = DNSRecord.parse(DNSRecord.question(name).send(host, int(port), timeout=30))
    return [str(record.rdata).rstrip(".") for record in answered.rr]


def test_the_clients_name_follows_the_lever(names: Names, cloudwatch: CloudWatch) -> None:
    cloudwatch.may_answer.set()
    assert ask(names, LEVER) == [PRIMARY, "127.0.0.101"]
    cloudwatch.points = [{"Maximum": 1.0}]
    assert ask(names, LEVER) == [STANDBY, "127.0.0.102"]


def test_a_stand_in_that_is_slow_keeps_no_other_question_waiting(
    names: Names, cloudwatch: CloudWatch
) -> None:
    """drctl gives a name server two seconds, and asks for several names at once."""
    waiting = threading.Thread(target=ask, args=(names, LEVER))
    waiting.start()
    assert cloudwatch.asked.wait(30)
    assert ask(names, PRIMARY) == ["127.0.0.101"]
    cloudwatch.may_answer.set()
    waiting.join(30)
    assert not waiting.is_alive()
