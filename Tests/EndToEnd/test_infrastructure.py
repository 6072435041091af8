"""What deploy/pulumi describes is what drctl can protect: each stack, stood up in the lab by its own program,
is found fit by `drctl doctor` and fails over with the configuration that `drctl init` makes of it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

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
        stage.outage(name)
        view = stage.until_phase(name, "failed-over", 90)
    assert view["activeRegion"] == outputs["standbyRegion"]
    assert stage.side(name, "standby")["role"] == "writer"
    assert stage.leads_to(name) == "standby"
    assert stage.calls("ChangeResourceRecordSets") == [], "the name moves by its health check alone"
    the_handover_is_exact(stage, system, outputs)


def the_handover_is_exact(stage: Stage, system: str, outputs: dict[str, str]) -> None:
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
    stage.config = turned(stage.config, list(edits.values()))
    stage.configure()
    assert stage.run("validate").code == 0


def test_a_failover_by_hand_as_the_strategy_has_it(stage: Stage) -> None:
    """With the AWS CLI and the stack's outputs alone: no drctl runs."""
    outputs = stand_up(stage, "postgres-dr", "home")
    name = adopt(stage, outputs)
    page = (PROGRAM.parents[1] / "docs" / "strategy.md").read_text()
    (commands,) = re.findall(r"\n## Manual failover\n.*?\n```\n(.*?)```", page, re.DOTALL)
    texts = {key: value for key, value in outputs.items() if key != "controllerConfig"}
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        env=stage.drctl.environment(**texts, PATH=path, AWS_ENDPOINT_URL=stage.lab.url),
        capture_output=True,
        text=True,
        # `aws rds wait` looks every 30 s.
        timeout=240,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert stage.side(name, "standby")["role"] == "writer"
    wait_until(lambda: stage.leads_to(name) == "standby", "the name leads to the new writer")
    rds = stage.lab.client("rds", outputs["primaryRegion"])
    (old,) = rds.describe_db_instances(DBInstanceIdentifier=outputs["primaryIdentifier"])["DBInstances"]
    groups = [group["VpcSecurityGroupId"] for group in old["VpcSecurityGroups"]]
    assert groups == outputs["fencingSecurityGroups"].split(",")
