"""The probe in SQL, against real servers: what only a write can tell, and what only a write may prove."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509

from staging import names
from staging.postgres import PASSWORD, Postgres
from staging.stage import Stage
from staging.waiting import stays, wait_until

Item = dict[str, Any]


class Pair:
    """An RDS workload of the lab whose databases are real servers behind the lab's names."""

    def __init__(self, stage: Stage, stack: ExitStack) -> None:
        self.stage, self.name = stage, stage.orders()
        database, estate = stage.database(self.name), stage.estates[self.name]
        hosts = [estate[side]["host"] for side in ("primary", "standby")]
        addresses = [names.answers(stage.lab.dns, host)[-1] for host in hosts]
        self.primary = stack.enter_context(Postgres(hosts[0], addresses[0]))
        self.standby = stack.enter_context(Postgres(hosts[1], addresses[1], source=self.primary))
        database["primary"]["endpoint"] = self.primary.endpoint
        database["standby"]["endpoint"] = self.standby.endpoint
        self.folder = self.primary.folder / "drctl"
        self.folder.mkdir()
        self.password = self.file("password", PASSWORD + "\n")
        authorities = self.primary.certificate.read_text() + self.standby.certificate.read_text()
        database["sql"] = {
            "database": "postgres",
            "user": "drctl_probe",
            "password_file": str(self.password),
            "ca_bundle": str(self.file("ca.pem", authorities)),
        }

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        path.chmod(0o600)
        return path

    def vote(self, view: Item) -> Item:
        votes = view["assessment"]["databases"][0]["votes"]
        found: Item = next(vote for vote in votes if vote["witness"] == "probe")
        return found

    def until_vote(self, opinion: str, words: str) -> Item:
        def says(view: Item) -> bool:
            vote = self.vote(view)
            return bool(vote["opinion"] == opinion and words in vote["because"])

        return self.stage.until(self.name, says, f"the probe says {opinion}: {words}")


@pytest.fixture
def pair(stage: Stage) -> Iterator[Pair]:
    with ExitStack() as stack:
        yield Pair(stage, stack)
        written = [path for path in stage.folder.iterdir() if path.is_file()]
        assert [path for path in written if PASSWORD.encode() in path.read_bytes()] == []


def test_a_writer_that_answers_and_does_not_commit_is_suspected_until_it_does(pair: Pair) -> None:
    """D3: a gray failure. One kind of witness alone promotes nothing."""
    stage = pair.stage
    stage.open()
    view = pair.until_vote("alive", "committed a write at ")
    assert view["assessment"]["databases"][0]["lag"]["lossSeconds"] < 10
    lock = "begin; lock table drctl.heartbeat in share mode; select pg_sleep(600)"
    with subprocess.Popen([*pair.primary.session(), "-c", lock]) as other:
        view = pair.until_vote("failed", "write-probe: reads are answered, but a write does not commit")
        assert view["assessment"]["verdict"] == "suspect"
        stage.never_acts(pair.name)
        other.kill()
    # The server does not notice by itself that a sleeping client is gone.
    pair.primary.sql("select pg_terminate_backend(pid) from pg_stat_activity where wait_event = 'PgSleep'")
    stage.until_phase(pair.name, "watching")
    assert stage.changes() == []


def test_a_password_that_no_longer_fits_is_told_and_is_no_outage(pair: Pair) -> None:
    """D8: and nothing needs a restart once it fits again."""
    stage = pair.stage
    stage.open()
    pair.password.write_text("another\n")
    view = pair.until_vote("configuration-fault", "28P01: password authentication failed")
    assert view["assessment"]["verdict"] == "configuration-fault"
    stage.never_acts(pair.name)
    checks = stage.run("doctor", "--json", pair.name).json["checks"]
    for side in ("primary", "standby"):
        check = next(check for check in checks if check["name"] == f"sql {side} {pair.name}")
        assert check["result"] == "fail"
        assert "28P01" in check["detail"]
    pair.password.write_text(PASSWORD)
    pair.until_vote("alive", "committed a write at ")
    pair.password.chmod(0o644)
    pair.until_vote("configuration-fault", "can be read or changed by others (0644)")


def test_traffic_moves_only_to_a_server_that_has_committed_a_write(pair: Pair) -> None:
    """X3, INV3, X17: AWS calls it a writer long before the server is one."""
    stage = pair.stage
    stage.open()
    pair.until_vote("alive", "committed a write at ")
    pair.primary.stop()
    stage.outage(pair.name)

    def step(name: str) -> Item:
        steps = (stage.view(pair.name).get("plan") or {}).get("steps", [])
        return next((step for step in steps if f"-{name}" in step["id"]), {})

    wait_until(
        lambda: step("await-writer").get("state") == "running",
        "AWS has promoted it",
        40,
        lambda: stage.account(pair.name),
    )
    stays(lambda: stage.leads_to(pair.name) == "primary", "the name stays where it was", 5)
    pair.standby.promote()
    stage.until_phase(pair.name, "failed-over", 40)
    assert stage.leads_to(pair.name) == "standby"
    assert "committed a write at " in step("await-writer")["detail"]
    assert "through that name it answers in SQL (committed a write at " in step("confirm-traffic")["detail"]
    assert pair.standby.sql("select workload from drctl.heartbeat") == pair.name
    entry = stage.run("ledger", "--json").json[0]["ledgers"][0]["databases"][0]
    for position in (entry["primaryPosition"], entry["replicaPosition"]):
        assert re.fullmatch(r"[0-9A-F]+/[0-9A-F]+", position)


def test_nothing_is_written_on_an_old_primary_that_returns(pair: Pair) -> None:
    """R1: not even a row of drctl's may make it differ from what was promoted."""
    stage = pair.stage
    stage.open()
    pair.until_vote("alive", "committed a write at ")
    pair.primary.stop()
    fault = stage.outage(pair.name)
    wait_until(stage.promoting_calls, "AWS is asked", 40, lambda: stage.account(pair.name))
    pair.standby.promote()
    stage.until_phase(pair.name, "failed-over", 40)
    pair.primary.start()
    row = "select at, xmin from drctl.heartbeat"
    last = pair.primary.sql(row)
    stage.lab.lift(fault)
    # It answers behind its closed groups, so the fence knocks there again and again and does not hold.
    wait_until(lambda: stage.side(pair.name, "primary")["fenced"], "its groups are closed")
    stays(lambda: pair.primary.sql(row) == last, "nothing is written there", 6)
    assert stage.view(pair.name)["owedFences"]


def test_a_standby_that_has_the_same_fault_is_not_promoted(pair: Pair) -> None:
    """D9: a bad schema change has reached the standby too; nothing could prove that it writes."""
    stage = pair.stage
    stage.open()
    pair.until_vote("alive", "committed a write at ")
    pair.primary.sql("drop table drctl.heartbeat")
    pair.until_vote("configuration-fault", "42P01")
    pair.primary.stop()
    stage.outage(pair.name)
    view = stage.until_phase(pair.name, "blocked", 40)
    closed = {gate["id"]: gate["because"] for gate in view["assessment"]["gates"] if not gate["open"]}
    assert "42P01" in closed["target"]
    assert stage.promoting_calls() == []


def test_doctor_says_when_the_servers_certificates_end(pair: Pair) -> None:
    pair.stage.configure()
    checks = {check["name"]: check for check in pair.stage.run("doctor", "--json", pair.name).json["checks"]}
    database = pair.stage.database(pair.name)
    for side, server in (("primary", pair.primary), ("standby", pair.standby)):
        # Made for a day: one that nothing has renewed is told before it ends.
        end = x509.load_pem_x509_certificate(server.certificate.read_bytes()).not_valid_after_utc
        (found,) = [check for name, check in checks.items() if name.startswith(f"certificate {side} ")]
        assert found["result"] == "warn", found
        assert end.strftime("%Y-%m-%dT%H:%M:%S") in found["detail"], found
        assert database[side]["endpoint"] in found["detail"], found
