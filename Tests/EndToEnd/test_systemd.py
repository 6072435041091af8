"""Under systemd: ready, alive, reloaded, and a log with fields."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from staging.operator_api import NoAnswer
from staging.stage import Stage
from staging.systemd import Datagrams, journal_fields
from staging.waiting import wait_until

UNIT = Path(__file__).resolve().parents[2] / "deploy/systemd/drctl.service"


def watched(stage: Stage, **env: str) -> Datagrams:
    """Starts the service as systemd does; what it tells systemd."""
    notices = Datagrams(stage.folder / "notify")
    stage.drctl.serve(env={"NOTIFY_SOCKET": str(notices.path), **env})
    notices.until(b"READY=1")
    return notices


def changed(stage: Stage, before: dict[str, Any]) -> None:
    """Waits until another service answers than the one of `before`; between the two none does."""

    def other() -> bool:
        try:
            return bool(stage.api.status()["startedAt"] != before["startedAt"])
        except NoAnswer:
            return False

    wait_until(other, "started anew")


def test_the_watchdog_is_fed_while_decisions_are_made(stage: Stage) -> None:
    stage.orders()
    stage.configure()
    with watched(stage, WATCHDOG_USEC="4000000") as notices:
        for _ in range(3):
            notices.until(b"WATCHDOG=1", seconds=4)


def test_a_loop_that_is_stuck_is_not_fed(stage: Stage) -> None:
    """The journal never answers: the process lives, its socket answers, and nothing is decided."""
    stage.orders()
    stage.configure()
    with watched(stage, WATCHDOG_USEC="3000000", DRCTL_HANG_AFTER_RECORDS="2") as notices:
        with pytest.raises(TimeoutError):
            for _ in range(100):
                notices.next(seconds=3)
        assert stage.drctl.running
        assert stage.api.status()["workloads"], "which is why nobody else would notice"


def test_nobody_watches_nothing_is_fed(stage: Stage) -> None:
    stage.orders()
    stage.configure()
    with watched(stage, WATCHDOG_USEC="2000000", WATCHDOG_PID="1") as notices:
        with pytest.raises(TimeoutError):
            notices.until(b"WATCHDOG=1", seconds=3)


def test_a_good_configuration_is_taken_in_place(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    before, process = stage.api.status(), stage.drctl.pid
    stage.config["defaults"]["policy"]["cooldown"] = "7m"
    stage.configure()
    os.kill(process, signal.SIGHUP)
    changed(stage, before)
    assert stage.api.status()["configurationDigest"] != before["configurationDigest"]
    assert stage.drctl.pid == process
    assert stage.drctl.running
    stage.until_healthy()
    # It is a whole service: it still fails over, and still ends when told.
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    assert stage.drctl.stop() == 0


def test_a_bad_configuration_is_refused_and_the_old_one_stays(stage: Stage) -> None:
    name = stage.orders()
    stage.configure()
    with watched(stage) as notices:
        before = stage.api.status()
        stage.drctl.config.write_text("controller: { regoin: mars }\n")
        os.kill(stage.drctl.pid, signal.SIGHUP)
        assert b"MONOTONIC_USEC=" in notices.until(b"RELOADING=1")
        assert b"STATUS=" in notices.until(b"READY=1")
        after = stage.api.status()
        assert after["configurationDigest"] == before["configurationDigest"]
        assert after["startedAt"] == before["startedAt"]
        assert "regoin" in stage.drctl.log.read_text(), "it says what is wrong"
        stage.until(name, lambda view: bool(view["assessment"]), "still watched")


def test_what_the_next_start_would_lack_is_refused(stage: Stage) -> None:
    """The file is right; what it names is not there, and a start would fail on it."""
    name = stage.orders()
    stage.configure()
    with watched(stage) as notices:
        before = stage.api.status()
        good = dict(stage.config["aws"])
        stage.config["aws"]["profile"] = "nobody"
        stage.config["controller"]["journal"] = str(stage.folder / "missing" / "journal.db")
        stage.config["webhook"] = {"listen": "127.0.0.1:18463", "secret_file": str(stage.folder / "none")}
        stage.configure()
        os.kill(stage.drctl.pid, signal.SIGHUP)
        notices.until(b"RELOADING=1")
        told = notices.until(b"READY=1")
        assert b"has 4 problem(s)" in told, told
        refused = next(line for line in stage.drctl.log.read_text().splitlines() if "reload refused" in line)
        for problem in ("nobody", "controller.journal", "webhook.secret_file"):
            assert problem in refused, refused
        assert stage.api.status()["startedAt"] == before["startedAt"]
        stage.until(name, lambda view: bool(view["assessment"]), "still watched")
        # Put right, it is taken, and what systemd shows is right again.
        stage.config["aws"] = good
        stage.config["controller"]["journal"] = str(stage.folder / "journal.db")
        del stage.config["webhook"]
        stage.config["defaults"]["policy"]["cooldown"] = "7m"
        stage.configure()
        os.kill(stage.drctl.pid, signal.SIGHUP)
        changed(stage, before)
        assert notices.until(b"READY=1").endswith(b"STATUS=")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_end_that_is_asked_for_during_a_reload_is_not_lost(stage: Stage, number: signal.Signals) -> None:
    stage.orders()
    stage.open()
    stage.config["defaults"]["policy"]["cooldown"] = "7m"
    stage.configure()
    os.kill(stage.drctl.pid, signal.SIGHUP)
    wait_until(lambda: "stopping: a changed configuration" in stage.drctl.log.read_text(), "it reloads")
    os.kill(stage.drctl.pid, number)
    wait_until(lambda: not stage.drctl.running, "it has ended", 30)


def test_a_reload_waits_for_the_failover_to_end(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    before = stage.api.status()
    stage.outage(name)
    stage.until_phase(name, "failing-over")
    stage.config["defaults"]["policy"]["cooldown"] = "7m"
    stage.configure()
    os.kill(stage.drctl.pid, signal.SIGHUP)
    stage.until_phase(name, "failed-over", 60)
    changed(stage, before)
    starts = [
        entry["record"]["event"]
        for entry in stage.run("history", "--json", "--all").json
        if {"controllerStarted", "planEnded"} & entry["record"]["event"].keys()
    ]
    assert [next(iter(event)) for event in starts] == ["controllerStarted", "planEnded", "controllerStarted"]


def test_the_journal_of_systemd_gets_fields(stage: Stage) -> None:
    name = stage.orders()
    stage.configure()
    with Datagrams(stage.folder / "journald") as journal:
        stage.drctl.serve(env={"JOURNAL_STREAM": "8:1", "DRCTL_JOURNALD_SOCKET": str(journal.path)})
        stage.until_healthy()
        assert stage.run("hold", name, "--reason", "a\nb=c").code == 0
        fields = journal_fields(journal.until(b"on hold by"))
    assert fields["DRCTL_WORKLOAD"] == name
    assert fields["PRIORITY"] == "6"
    assert fields["SYSLOG_IDENTIFIER"] == "drctl"
    assert "\n" not in fields["MESSAGE"]


def test_the_log_can_be_json(stage: Stage) -> None:
    name = stage.orders()
    stage.configure()
    stage.drctl.serve("--log-format", "json")
    stage.until_healthy()
    assert stage.run("hold", name, "--reason", "maintenance").code == 0
    lines = [json.loads(line) for line in stage.drctl.log.read_text().splitlines()]
    (line,) = [line for line in lines if "on hold by" in line["message"]]
    assert line["workload"] == name
    assert line["level"] == "info"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_the_unit_is_as_closed_as_it_is_said_to_be() -> None:
    done = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=15", str(UNIT)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-300:] + done.stderr
