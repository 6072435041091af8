"""The service as a process: one at a time, ends when told, goes on after being killed, keeps its secrets."""

from __future__ import annotations

import os
import re
import signal
import subprocess

import pytest

from staging.records import events
from staging.stage import Stage
from staging.waiting import wait_until


def test_a_second_service_on_the_same_journal_is_refused(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    second = stage.run("serve")
    assert second.code == 1, str(second)
    assert str(stage.drctl.pid) in second.err or "drctl serve" in second.err, "it says who has the journal"
    assert stage.view(name)["phase"] == "watching", "the first one is not disturbed"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_it_cleanly(stage: Stage, number: signal.Signals) -> None:
    stage.orders()
    stage.open()
    os.kill(stage.drctl.pid, number)
    assert stage.drctl.stop() == 0
    records = stage.run("history", "--json", "--all").json
    assert "controllerStopped" in records[-1]["record"]["event"]
    assert stage.run("status").code == 5


def test_a_signal_in_the_middle_of_a_failover_leaves_it_to_the_next_service(stage: Stage) -> None:
    """O4: a stop in the middle of the promotion."""
    name = stage.orders()
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "failing-over")
    assert stage.drctl.stop() == 0
    stage.drctl.serve()
    stage.until_phase(name, "failed-over", 60)
    assert len(stage.promoting_calls()) == 1
    assert stage.view(name)["epoch"] == 1


def test_killed_and_started_again_it_remembers_the_outage(stage: Stage) -> None:
    name = stage.payments(confirmation_window="6s")
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "suspected")
    stage.drctl.kill()
    stage.drctl.serve()
    stage.until_phase(name, "failed-over", 60)
    starts = list(events(stage.history(), "controllerStarted"))
    assert len(starts) == 2
    assert len(stage.promoting_calls()) == 1


def test_systemd_is_told_when_it_is_ready(stage: Stage) -> None:
    import socket

    stage.orders()
    stage.configure()
    path = stage.folder / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(path))
        listener.settimeout(20)
        stage.drctl.serve(env={"NOTIFY_SOCKET": str(path)})
        assert listener.recv(100) == b"READY=1\nSTATUS="
        assert stage.drctl.stop() == 0
        assert listener.recv(100) == b"STOPPING=1"


def test_at_rest_it_gives_back_what_only_its_start_has_needed(stage: Stage) -> None:
    """And goes on: what it needs of its own file is mapped again."""
    name = stage.orders()
    stage.open()

    def given() -> int:
        found = re.search(r"gave memory back: (\d+) KiB", stage.drctl.log.read_text())
        return int(found[1]) if found else 0

    mebibytes = wait_until(given, "memory is given back", 60, stage.drctl.log.read_text) / 1024
    assert mebibytes > 5, "of tens that its start had mapped"
    assert stage.view(name)["phase"] == "watching"
    assert stage.run("status").code == 0 and stage.drctl.running


def test_the_socket_and_the_journal_are_for_their_owner_only(stage: Stage) -> None:
    stage.orders()
    stage.open()
    for file in ("s.sock", "journal.db"):
        assert (stage.folder / file).stat().st_mode & 0o007 == 0, f"{file} is open to others"


def test_wrong_keys_are_our_own_fault_and_no_outage(stage: Stage) -> None:
    """D8: AWS refuses the credentials."""
    name = stage.orders()
    stage.configure()
    stage.drctl.serve(env={"AWS_SECRET_ACCESS_KEY": "not-the-right-one-at-all"})
    stage.until(
        name, lambda v: (v["assessment"] or {}).get("verdict") == "configuration-fault", "configuration fault"
    )
    stage.outage(name)
    stage.never_acts(name, 6)
    assert stage.changes() == []


def test_no_secret_is_written_anywhere_in_a_failover_full_of_trouble(stage: Stage) -> None:
    """Every stage is searched; this one asks for as much output as there is."""
    name = stage.orders()
    stage.config["controller"]["log_level"] = "trace"
    stage.open()
    fault = stage.lab.fault("access_denied", operation="PromoteReadReplica")
    stage.lab.fault("expired_token", operation="DescribeDBInstances", count=2)
    stage.lab.fault("garbage", operation="GetMetricData", count=2)
    stage.outage(name)
    stage.until_phase(name, "needs-operator", 60)
    stage.lab.lift(fault)
    for verb in (
        ["status", name],
        ["explain", name],
        ["history", "--all"],
        ["doctor"],
        ["failover", "--dry-run"],
    ):
        stage.run(*verb)
        stage.run(*verb, "--json")
    assert stage.run("resume", name, "--reason", "allowed again").code == 0
    assert stage.leaks() == []
    assert stage.keys.access_key not in stage.inbox.about(name)[-1]["message"]
    # The search itself finds what it looks for.
    (stage.folder / "planted.txt").write_text(f"x{stage.keys.token}x")
    assert stage.leaks() == ["planted.txt"]
    (stage.folder / "planted.txt").unlink()


def test_other_processes_cannot_read_the_keys_from_its_command_line(stage: Stage) -> None:
    stage.orders()
    stage.open()
    command = subprocess.run(["cat", f"/proc/{stage.drctl.pid}/cmdline"], capture_output=True).stdout
    assert stage.keys.secret.encode() not in command
