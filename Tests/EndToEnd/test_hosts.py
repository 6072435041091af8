"""Two hosts share a journal in DynamoDB: one leads, the other takes over, and never both."""

from __future__ import annotations

import copy
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from staging.drctl import Drctl
from staging.operator_api import NoAnswer, OperatorAPI
from staging.stage import CHANGING, PROMOTING, Stage
from staging.waiting import stays, wait_until
from staging.yaml import yaml_text

Item = dict[str, Any]
TTL = 6.0


class Host:
    """One more drctl on a stage, with a name, a folder and keys of its own."""

    def __init__(self, stage: Stage, name: str, table: str) -> None:
        self.stage, self.name = stage, name
        self.folder = Path(tempfile.mkdtemp(prefix="drctl-e2e-", dir="/tmp"))
        self.keys = stage.house.keys()
        self.drctl = Drctl(self.folder, self.keys)
        self.api = OperatorAPI(str(self.folder / "s.sock"))
        config = copy.deepcopy(stage.config)
        config["controller"] |= {
            "journal": str(self.folder / "journal.db"),
            "socket": str(self.folder / "s.sock"),
            "lease": {"table": table, "region": "ap-southeast-1", "ttl": f"{TTL:g}s", "holder": name},
        }
        self.drctl.config.write_text(yaml_text(config))

    def end(self) -> None:
        self.signal(signal.SIGCONT)
        self.drctl.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def signal(self, number: int) -> None:
        if self.drctl.running:
            os.kill(self.drctl.pid, number)

    @property
    def lease(self) -> Item:
        try:
            found: Item = self.api.status().get("lease") or {}
        except NoAnswer:
            found = {}
        return found

    @property
    def leads(self) -> bool:
        return "validUntil" in self.lease

    def phase(self, workload: str) -> str:
        return str((self.api.workload(workload) or {}).get("phase"))

    def changes(self, operations: tuple[str, ...] = CHANGING) -> list[Item]:
        calls: list[Item] = self.stage.lab.calls(access_key=self.keys.access_key)
        return [call for call in calls if call["operation"] in operations]


@pytest.fixture
def table(stage: Stage) -> str:
    """As docs/hosts.md says that it is made."""
    name = f"drctl{stage.house.number()}"
    stage.house.pieces.client("dynamodb", "ap-southeast-1").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[
            {"AttributeName": "pk", "AttributeType": "S"},
            {"AttributeName": "sk", "AttributeType": "N"},
        ],
        KeySchema=[
            {"AttributeName": "pk", "KeyType": "HASH"},
            {"AttributeName": "sk", "KeyType": "RANGE"},
        ],
    )
    return name


@pytest.fixture
def pair(stage: Stage, table: str) -> Iterator[tuple[Host, Host, str]]:
    """Two hosts of one workload, of which the first one leads."""
    workload = stage.orders()
    first, second = Host(stage, "one", table), Host(stage, "two", table)
    try:
        first.drctl.serve()
        wait_until(lambda: first.leads, "the first host leads", 30, first.drctl.tail)
        second.drctl.serve()
        wait_until(
            lambda: second.lease.get("holder") == "one", "the second host follows", 30, second.drctl.tail
        )
        for host in (first, second):
            wait_until(lambda host=host: well(host, workload), "evidence", 30, host.drctl.tail)
        yield first, second, workload
    finally:
        first.end()
        second.end()


def well(host: Host, workload: str) -> bool:
    view = host.api.workload(workload) or {}
    return view.get("phase") == "watching" and bool(view.get("assessment"))


def test_the_leader_fails_over_and_the_other_one_watches(
    stage: Stage, pair: tuple[Host, Host, str]
) -> None:
    """H1: both see the failure."""
    first, second, workload = pair
    stage.outage(workload)
    for host in pair[:2]:
        wait_until(lambda host=host: host.phase(workload) == "failed-over", "it is done", 60, host.drctl.tail)
    assert second.changes() == []
    assert [call["operation"] for call in first.changes(PROMOTING)] == ["PromoteReadReplica"]
    status = second.drctl.run("status")
    assert "one leads (epoch 1); this host watches" in status.out
    assert "this host leads (one, epoch 1)" in first.drctl.run("status").out
    # What one has written the other one can tell.
    assert "failed-over" in second.drctl.run("explain", workload).out
    reply = second.drctl.run("hold", workload, "--reason", "a test")
    assert reply.code == 3 and "held by one" in reply.err


def test_a_stopped_leader_is_replaced_and_changes_nothing_when_it_goes_on(
    stage: Stage, pair: tuple[Host, Host, str]
) -> None:
    """H2: kill -STOP in the middle of a failover, past the lease; the other one completes it."""
    first, second, workload = pair
    stage.lab.settings(promotion_seconds=6.0)
    stage.outage(workload)
    wait_until(lambda: first.changes(PROMOTING), "it promotes", 60, first.drctl.tail)
    first.signal(signal.SIGSTOP)
    wait_until(lambda: second.leads, "the second host leads", 60, second.drctl.tail)
    wait_until(
        lambda: second.phase(workload) == "failed-over", "the second host is done", 90, second.drctl.tail
    )
    before = len(first.changes())
    first.signal(signal.SIGCONT)
    wait_until(
        lambda: first.lease.get("holder") == "two" and first.phase(workload) == "failed-over",
        "the first host follows",
        30,
        first.drctl.tail,
    )
    stays(lambda: len(first.changes()) == before, "the first host changes nothing", 2 * TTL)
    assert stage.side(workload, "standby")["promotions"] == 1
    assert stage.leads_to(workload) == "standby"
    assert "lease lost" in first.drctl.log.read_text()
    assert second.lease["epoch"] == 2


def test_a_leader_that_ends_in_order_hands_over_at_once(
    stage: Stage, pair: tuple[Host, Host, str]
) -> None:
    first, second, _ = pair
    assert first.drctl.stop() == 0
    wait_until(lambda: second.leads, "the second host leads", TTL, second.drctl.tail)


def test_without_the_table_nobody_acts(stage: Stage, pair: tuple[Host, Host, str]) -> None:
    """H3: DynamoDB gives no answer."""
    first, second, workload = pair
    fault = stage.lab.fault("api_down", service="dynamodb")
    wait_until(lambda: not first.leads, "the lease runs out", 30, first.drctl.tail)
    before = len(first.changes())
    stage.outage(workload)
    stays(lambda: len(first.changes()) == before and not second.changes(), "nobody acts", 2 * TTL)
    assert "NO HOST LEADS" in second.drctl.run("status").out
    stage.lab.lift(fault)
    wait_until(
        lambda: first.phase(workload) == "failed-over" and second.phase(workload) == "failed-over",
        "one of them is done",
        60,
        first.drctl.tail,
    )
    assert stage.side(workload, "standby")["promotions"] == 1
