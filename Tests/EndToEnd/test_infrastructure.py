"""What deploy/pulumi describes is what drctl can protect: each stack, stood up in the lab by its own program,
is found fit by `drctl doctor` and fails over with the configuration that `drctl init` makes of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from staging.handover import roles_of, turned
from staging.infrastructure import PROGRAM, PYTHON, SYSTEMS, Probes, adopt, stand_up
from staging.stage import Stage
from staging.waiting import wait_until

pytestmark = pytest.mark.skipif(
    not PYTHON.exists(), reason="NOT TESTED: no stack was stood up, `make infra-venv` makes what it needs"
)


@pytest.mark.parametrize("side", ["home", "away"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_stack_is_fit_and_fails_over(stage: Stage, system: str, side: str) -> None:
    outputs = stand_up(stage, system, side)
    name = adopt(stage, outputs)
    with Probes(stage.lab, stage.estates[name]):
        stage.configure()
        assert stage.run("validate").code == 0
        wait_until(lambda: stage.leads_to(name) == "primary", "the clients' name leads to the writer")
        wait_until(
            lambda: stage.run("doctor").code == 0, "doctor is content", 60, lambda: str(stage.run("doctor"))
        )
        stage.open()
        fault = stage.outage(name)
        view = stage.until_phase(name, "failed-over", 90)
    assert view["activeRegion"] == outputs["standbyRegion"]
    assert stage.side(name, "standby")["role"] == "writer"
    assert stage.leads_to(name) == "standby"
    assert stage.calls("ChangeResourceRecordSets") == [], "the name moves by its health check alone"
    raised = [s["state"] for s in view["plan"]["steps"] if "capacity" in s["id"]]
    assert raised == (["done", "done"] if system == "shop" else []), "its tasks are there before customers"
    handover = the_handover_is_exact(stage, system, outputs)
    if system == "postgres-dr":
        stage.lab.lift(fault)
        it_releases_what_production_protects(stage, name, handover, outputs)


def the_handover_is_exact(stage: Stage, system: str, outputs: dict[str, str]) -> dict[str, Any]:
    """It names just the values that the program would write anew, and leads to a valid configuration."""
    (handover,) = json.loads(stage.run("handover", system, "--json").out)
    assert (handover["from"], handover["to"]) == (outputs["primaryRegion"], outputs["standbyRegion"])
    edits = {edit["path"]: edit for step in handover["steps"] for edit in step["edits"]}
    assert edits.keys() == roles_of(system)
    for role, other in (("primary", "standby"), ("standby", "primary")):
        at = f"workloads.{system}.databases.{system}.{role}"
        assert edits[f"workloads.{system}.{role}_region"]["to"] == outputs[f"{other}Region"]
        assert edits[f"{at}.identifier"]["to"] == outputs[f"{other}Identifier"]
        assert edits[f"{at}.endpoint"]["to"] == outputs[f"{other}Endpoint"]
    commands = "\n".join(command for step in handover["steps"] for command in step["commands"])
    assert f"pulumi config set drctl:activeRegion {outputs['standbyRegion']}" in commands
    assert outputs["primaryIdentifier"] in commands
    shrinks = f"ecs update-service --region {outputs['primaryRegion']} " in commands
    assert shrinks == (system == "shop"), "drctl only ever raises"
    stage.config = turned(stage.config, list(edits.values()))
    stage.configure()
    assert stage.run("validate").code == 0
    return dict(handover)


def it_releases_what_production_protects(
    stage: Stage, name: str, handover: dict[str, Any], outputs: dict[str, str]
) -> None:
    """Neither Pulumi nor RDS deletes the old primary while it is protected, and the stack's update would stop
    half-way: both let go of it before the roles are turned, by the commands as they are printed."""
    (program,) = [s["commands"] for s in handover["steps"] if s["title"].startswith("with deploy/pulumi")]
    assert [re.split("[=(]| --", command)[0] for command in program] == [
        "URN",
        "pulumi state unprotect",
        "aws rds modify-db-instance",
        f"pulumi config set drctl:activeRegion {outputs['standbyRegion']}",
        "pulumi up",
    ]
    # The fence restarts it first, and the handover says to wait for that.
    stage.until(name, lambda view: not view["owedFences"], "the old primary is fenced", 90)
    identifier, rds = outputs["primaryIdentifier"], stage.lab.client("rds", outputs["primaryRegion"])
    wait_until(lambda: described(rds, identifier)["DBInstanceStatus"] == "available", "it has restarted")
    rds.modify_db_instance(DBInstanceIdentifier=identifier, DeletionProtection=True, ApplyImmediately=True)
    with_aws_cli(stage, "\n".join(command for command in program if command.startswith("aws ")))
    assert described(rds, identifier)["DeletionProtection"] is False
    # Home and away again: a snapshot of a fixed name could be made once only.
    commands = [command for step in handover["steps"] for command in step["commands"]]
    named = [command for command in commands if "snapshot-identifier" in command]
    assert len(named) == 2 and all("$(date +" in command for command in named), named


def described(rds: Any, identifier: str) -> dict[str, Any]:
    """As RDS says."""
    (found,) = rds.describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"]
    return dict(found)


def with_aws_cli(stage: Stage, commands: str, **variables: str) -> None:
    """Each must succeed."""
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        env=stage.drctl.environment(**variables, PATH=path, AWS_ENDPOINT_URL=stage.lab.url),
        capture_output=True,
        text=True,
        # `aws rds wait` looks every 30 s.
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_failover_by_hand_as_the_strategy_has_it(stage: Stage) -> None:
    """With the AWS CLI and the stack's outputs alone: no drctl runs."""
    outputs = stand_up(stage, "postgres-dr", "home")
    name = adopt(stage, outputs)
    page = (PROGRAM.parents[1] / "docs" / "strategy.md").read_text()
    (commands,) = re.findall(r"\n## Manual failover\n.*?\n```\n(.*?)```", page, re.DOTALL)
    texts = {key: value for key, value in outputs.items() if key != "controllerConfig"}
    with_aws_cli(stage, commands, **texts)
    assert stage.side(name, "standby")["role"] == "writer"
    wait_until(lambda: stage.leads_to(name) == "standby", "the name leads to the new writer")
    rds = stage.lab.client("rds", outputs["primaryRegion"])
    (old,) = rds.describe_db_instances(DBInstanceIdentifier=outputs["primaryIdentifier"])["DBInstances"]
    groups = [group["VpcSecurityGroupId"] for group in old["VpcSecurityGroups"]]
    assert groups == outputs["fencingSecurityGroups"].split(",")
