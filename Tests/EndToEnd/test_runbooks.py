"""Every command in the runbooks, run as it stands, against the situation that its runbook is for."""

from __future__ import annotations

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
    assert f"{name}-primary-before-rebuild" in snapshots(stage, "ap-southeast-2")


def test_split_brain(stage: Stage) -> None:
    name = failed_over(stage)
    stage.lab.lift()
    # drctl fences by itself; a person's commands beside it would be refused until that has ended.
    stage.until(name, lambda view: not view["owedFences"], "fenced when the Region answers", 60)
    follow(Runbook("split-brain"), Terminal(stage, name))
    assert f"{name}-primary-split" in snapshots(stage, "ap-southeast-2")
    assert f"{name}-replica-split" in snapshots(stage, "ap-southeast-1")
    assert not stage.view(name).get("hold")


@pytest.mark.parametrize("name", names())
def test_each_says_what_it_has_to_say(name: str) -> None:
    runbook = Runbook(name)
    places = [runbook.text.find(heading) for heading in HEADINGS if heading in runbook.text]
    assert {"Meaning.", "Impact.", "## What to do", "## How to know that it worked"} <= {
        heading for heading in HEADINGS if heading in runbook.text
    }
    assert places == sorted(places), "in this order"
    assert runbook.links <= set(names()), "it links to runbooks that exist"


def snapshots(stage: Stage, region: str) -> list[str]:
    found = stage.house.pieces.client("rds", region).describe_db_snapshots()["DBSnapshots"]
    return [snapshot["DBSnapshotIdentifier"] for snapshot in found]
