"""Every command in the runbooks, run as it stands, against the situation that its runbook is for."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from staging.binary import drctl_binary
from staging.runbook import HEADINGS, Runbook, follow, names
from staging.stage import Stage
from staging.waiting import wait_until


class Terminal:
    """The on-call engineer's, with the variables that the runbooks use."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.stage = stage
        estate = stage.estates[name]
        tools = stage.folder / "bin"
        tools.mkdir(exist_ok=True)
        (tools / "drctl").symlink_to(drctl_binary())
        self.environment = stage.drctl.environment(
            PATH=f"{tools}:{Path(sys.executable).parent}:/usr/bin:/bin",
            AWS_ENDPOINT_URL=stage.lab.url,
            AWS_MAX_ATTEMPTS="1",
            AWS_DEFAULT_REGION="ap-southeast-1",
            WORKLOAD=name,
            PRIMARY_REGION="ap-southeast-2",
            PRIMARY=f"{name}-primary",
            STANDBY_REGION="ap-southeast-1",
            STANDBY=f"{name}-replica",
            FENCE_GROUP=estate["primary"]["security_groups"]["quarantine"],
            ZONE=estate["record"]["zone_id"],
            NAME=estate["record"]["name"],
            JOURNAL=str(stage.folder / "journal.db"),
        )

    def __call__(self, command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", command],
            cwd=self.stage.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            # `aws rds wait` looks every 30 s.
            timeout=150,
        )


def failed_over(stage: Stage) -> str:
    name = stage.orders()
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    return name


def test_failover_without_drctl(stage: Stage) -> None:
    """The controller and the primary's Region are gone: the AWS CLI alone moves the database and its traffic."""
    name = stage.orders()
    stage.configure()
    stage.outage(name)
    follow(Runbook("failover-without-drctl"), Terminal(stage, name))
    assert len(stage.promoting_calls()) == 1
    wait_until(lambda: stage.leads_to(name) == "standby", "the name leads to the new writer")


def test_lag_beyond_the_limit(stage: Stage) -> None:
    name = stage.orders(maximum_data_loss="0s")
    stage.configure()
    stage.drctl.serve()
    stage.until(name, lambda view: (view["assessment"] or {}).get("verdict") == "healthy", "healthy")
    stage.outage(name)
    stage.until_phase(name, "blocked", 60)
    said = follow(Runbook("lag-beyond-the-limit"), Terminal(stage, name))
    assert "CLOSED  lag" in said


def test_fence_owed(stage: Stage) -> None:
    name = failed_over(stage)
    assert stage.view(name)["owedFences"], "the Region is silent: the fence is owed"
    stage.drctl.stop()
    stage.lab.lift()
    stage.drctl.serve()
    stage.until(name, lambda view: bool(view), "the service answers")
    said = follow(Runbook("fence-owed"), Terminal(stage, name))
    assert f"{name}-primary" in said
    stage.until(name, lambda view: not view["owedFences"], "struck off", 60)


def test_region_returned(stage: Stage) -> None:
    name = failed_over(stage)
    stage.lab.lift()
    stage.until(name, lambda view: not view["owedFences"], "fenced when the Region answers", 60)
    follow(Runbook("region-returned"), Terminal(stage, name))
    assert dated_snapshot(stage, "ap-southeast-2", f"{name}-primary-before-rebuild")


def test_split_brain(stage: Stage) -> None:
    name = failed_over(stage)
    stage.lab.lift()
    # drctl fences by itself; a person's commands beside it would be refused until that has ended.
    stage.until(name, lambda view: not view["owedFences"], "fenced when the Region answers", 60)
    follow(Runbook("split-brain"), Terminal(stage, name))
    assert dated_snapshot(stage, "ap-southeast-2", f"{name}-primary-split")
    assert dated_snapshot(stage, "ap-southeast-1", f"{name}-replica-split")
    assert not stage.view(name).get("hold")


def test_blocked_failover(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "blocked", 60)
    said = follow(Runbook("blocked-failover"), Terminal(stage, name))
    assert "CLOSED  mode" in said
    assert stage.view(name)["phase"] == "failed-over"


def test_failover_by_hand(stage: Stage) -> None:
    name = stage.orders(mode="approval")
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "awaiting-approval", 60)
    follow(Runbook("failover-by-hand"), Terminal(stage, name))
    assert stage.view(name)["phase"] == "failed-over"
    assert stage.leads_to(name) == "standby"


def test_failover_by_hand_that_nobody_waits_for(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    terminal, runbook = Terminal(stage, name), Runbook("failover-by-hand")
    held = terminal(runbook.instead("hold"))
    assert held.returncode == 0, held.stderr
    assert stage.view(name)["hold"]
    assert stage.run("release", name, "--reason", "decided").code == 0
    stage.outage(name)
    stage.until_phase(name, "blocked", 60)
    done = terminal(runbook.instead("failover"))
    assert done.returncode == 0, done.stdout + done.stderr
    assert stage.view(name)["phase"] == "failed-over"


@pytest.mark.parametrize("way", ["resume", "abandon"])
def test_plan_stuck(stage: Stage, way: str) -> None:
    name = stage.orders()
    stage.open()
    fault = stage.lab.fault("access_denied", operation="PromoteReadReplica")
    stage.outage(name)
    stage.until_phase(name, "needs-operator", 60)
    terminal, runbook = Terminal(stage, name), Runbook("plan-stuck")
    if way == "abandon":
        done = terminal(runbook.instead("abandon"))
        assert done.returncode == 0, done.stderr
        stage.until(name, lambda view: view["phase"] != "needs-operator", "given up")
        assert not stage.promoting_calls()
        return
    stage.lab.lift(fault)
    said = follow(runbook, terminal)
    assert "PromoteReadReplica" in said, "what was missing is named"
    assert stage.view(name)["phase"] == "failed-over"


def test_after_failover(stage: Stage) -> None:
    name = failed_over(stage)
    said = follow(Runbook("after-failover"), Terminal(stage, name))
    assert "NOT FENCED" in said and "EXPOSED" in said
    assert f"workloads.{name}.primary_region: " in said


def test_every_runbook_has_commands_and_each_is_followed_by_a_test() -> None:
    here = "".join(path.read_text() for path in Path(__file__).parent.glob("test_*.py"))
    for name in names():
        assert Runbook(name).blocks, name
        assert f'Runbook("{name}")' in here, name
        for block in Runbook(name).blocks:
            assert set(block.marks[:1]) <= {"skip", "instead", "may-fail", "until"}, block


@pytest.mark.parametrize("name", names())
def test_each_says_what_it_has_to_say(name: str) -> None:
    runbook = Runbook(name)
    places = [runbook.text.find(heading) for heading in HEADINGS if heading in runbook.text]
    assert len(places) == len(HEADINGS), "every part is there"
    assert places == sorted(places), "in this order"
    assert runbook.links <= set(names()), "it links to runbooks that exist"


def dated_snapshot(stage: Stage, region: str, name: str) -> bool:
    """Under a name that holds the moment: one of a fixed name could be made after the first failover only."""
    found = stage.house.pieces.client("rds", region).describe_db_snapshots()["DBSnapshots"]
    names = [str(snapshot["DBSnapshotIdentifier"]) for snapshot in found]
    return any(re.fullmatch(rf"{name}-\d{{12}}", each) for each in names)
