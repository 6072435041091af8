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
        self.settings = copy.deepcopy(stage.config)
        self.settings["controller"] |= {
            "journal": str(self.folder / "journal.db"),
            "socket": str(self.folder / "s.sock"),
        }
        self.terms = {"table": table, "region": "ap-southeast-1", "ttl": f"{TTL:g}s", "holder": name}
        self.configure()

    def configure(self, alone: bool = False) -> None:
        """As one of several hosts, or as the only one."""
        more = {} if alone else {"lease": self.terms}
        controller = self.settings["controller"] | more
        self.drctl.config.write_text(yaml_text(self.settings | {"controller": controller}))

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
def one(stage: Stage, table: str) -> Iterator[tuple[Host, str]]:
    """A host that is not started yet, and its workload."""
    workload = stage.orders()
    host = Host(stage, "one", table)
    try:
        yield host, workload
    finally:
        host.end()


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


def test_what_a_host_wrote_while_it_was_alone_is_taken_along(one: tuple[Host, str]) -> None:
    """A hold of before counts when the configuration has a lease, and the table knows of it from then on."""
    host, workload = one
    host.configure(alone=True)
    host.drctl.serve()
    wait_until(lambda: well(host, workload), "evidence", 30, host.drctl.tail)
    assert host.drctl.run("hold", workload, "--reason", "the audit").code == 0
    assert host.drctl.stop() == 0
    before = len(host.drctl.run("history", "--json", "--limit", "1000").json)
    assert before > 2
    host.configure()
    for _ in range(2):
        host.drctl.serve()
        wait_until(lambda: host.leads, "the host leads", 30, host.drctl.tail)
        assert (host.api.workload(workload) or {})["hold"]["reason"] == "the audit"
        assert host.drctl.stop() == 0
    kinds = [
        next(iter(entry["record"]["event"]))
        for entry in host.drctl.run("history", "--json", "--limit", "1000").json
    ]
    assert kinds.count("holdPlaced") == 1
    assert kinds.count("controllerStarted") == 3
    assert len(kinds) > before


def test_a_start_without_the_table_waits_for_it(stage: Stage, one: tuple[Host, str]) -> None:
    """The process stays, and says why it decides nothing."""
    host, _ = one
    fault = stage.lab.fault("api_down", service="dynamodb")
    host.drctl.serve()

    def fault_is_shown() -> bool:
        try:
            return "cannot be reached" in str(host.api.status().get("journalFault"))
        except NoAnswer:
            return False

    wait_until(fault_is_shown, "status says so", 40, host.drctl.tail)
    assert "NO HOST LEADS" in host.drctl.run("status").out
    stays(lambda: host.drctl.running and not host.leads, "the process stays", TTL)
    stage.lab.lift(fault)
    wait_until(lambda: host.leads, "the host leads", 40, host.drctl.tail)
    assert "journalFault" not in host.api.status()


def test_without_a_service_a_dead_hosts_lease_is_waited_for(
    stage: Stage, pair: tuple[Host, Host, str]
) -> None:
    """And a living one's is not: its host is to be asked."""
    first, second, workload = pair
    assert second.drctl.stop() == 0
    request = ("failover", workload, "--yes", "--reason", "a test")
    refused = second.drctl.run(*request)
    assert refused.code == 3 and "one holds the lease and is alive: ask there" in refused.err, str(refused)
    first.drctl.kill()
    stage.outage(workload)
    output = second.drctl.run(*request, seconds=120)
    assert output.code == 0, str(output)
    assert "one holds the lease: waiting up to 18" in output.out
    assert [call["operation"] for call in second.changes(PROMOTING)] == ["PromoteReadReplica"]


def test_a_person_goes_on_without_the_lease(stage: Stage, pair: tuple[Host, Host, str]) -> None:
    """H3: the table's Region is gone with the primary's, and every other host is stopped."""
    first, second, workload = pair
    why = "both Regions are gone"
    # The lag's newest sample has grown old by then.
    request = ("failover", workload, "--without-lease", "--yes", "--allow-data-loss", "--reason", why)
    running = first.drctl.run(*request)
    assert running.code == 3 and "stop it first" in running.err
    first.drctl.kill()
    second.drctl.kill()
    stage.lab.fault("api_down", service="dynamodb")
    stage.outage(workload)
    with_lease = second.drctl.run("failover", workload, "--yes", "--reason", "a test", seconds=120)
    assert with_lease.code == 1 and "--without-lease" in with_lease.err, str(with_lease)
    assert second.changes(PROMOTING) == []
    output = second.drctl.run(*request, seconds=120)
    assert output.code == 0, str(output)
    assert [call["operation"] for call in second.changes(PROMOTING)] == ["PromoteReadReplica"]
    second.configure(alone=True)
    events = [entry["record"]["event"] for entry in second.drctl.run("history", "--json").json]
    asked = next(event["requestReceived"] for event in events if "requestReceived" in event)
    assert asked["request"]["reason"] == why
    usage = second.drctl.run(*request)
    assert usage.code == 2 and "no controller.lease" in usage.err


def test_doctor_knows_whether_a_table_can_be_shared(stage: Stage, one: tuple[Host, str]) -> None:
    host, _ = one
    tables = stage.house.pieces.client("dynamodb", "ap-southeast-1")

    def finding(result: str) -> str:
        checks = host.drctl.run("doctor", "--json").json["checks"]
        found = [check for check in checks if check["name"] == "lease"]
        assert result in {check["result"] for check in found}, str(found)
        return " ".join(check["detail"] for check in found if check["result"] == result)

    assert "is not protected from deletion" in finding("warn")
    tables.update_table(TableName=host.terms["table"], DeletionProtectionEnabled=True)
    assert "can be shared; the lease lasts 6" in finding("ok")
    other = f"{host.terms['table']}-other"
    tables.create_table(
        TableName=other,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
    )
    host.terms["table"] = other
    host.configure()
    assert "has the key id (S), not pk (S) and sk (N)" in finding("fail")
    host.terms["table"] = "nowhere"
    host.configure()
    assert finding("fail")
