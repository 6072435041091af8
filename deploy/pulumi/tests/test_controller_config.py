"""The config.yaml that a stack writes: drctl takes it, and it speaks of the roles as they are."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from harness.recording import Recording
from harness.systems import ROLES, production, recording, region
from infra.controller import (
    GLOBAL_DATABASE,
    LEAST_FOR_PROMOTION,
    REPLICA,
    ROUTE_53_HOME,
    SERVED_REPLICA,
    Objectives,
)

BINARY = Path(
    os.environ.get("DRCTL_BINARY", Path(__file__).resolve().parents[3] / ".build" / "debug" / "drctl")
)

every_system = pytest.mark.parametrize(("system", "side"), ROLES)


@every_system
@pytest.mark.parametrize("recorded", [recording, production], ids=["observing", "acting"])
def test_drctl_validates_it(
    system: str, side: str, recorded: Callable[[str, str], Recording], tmp_path: Path
) -> None:
    if not BINARY.exists():
        pytest.skip("drctl is not built: `make build`, or name it in DRCTL_BINARY")
    written = tmp_path / "config.yaml"
    written.write_text(recorded(system, side).outputs["controllerConfig"])
    validated = subprocess.run(
        [shutil.which(BINARY) or BINARY, "validate", "--config", written],
        capture_output=True,
        text=True,
        check=False,
    )
    assert validated.returncode == 0, validated.stderr
    warnings = [line for line in validated.stderr.splitlines() if line.startswith("warning")]
    if region(system, side) == ROUTE_53_HOME:
        # Known, and in docs/strategy.md: of us-east-1 no witness stands outside of both Regions.
        warnings = [w for w in warnings if "leaves route53 out while the controller stands" not in w]
    assert not warnings


@every_system
def test_the_controller_stands_outside_of_what_it_evacuates(system: str, side: str) -> None:
    config = yaml.safe_load(recording(system, side).outputs["controllerConfig"])
    for workload in config["workloads"].values():
        assert workload["primary_region"] == region(system, side)
        assert config["controller"]["region"] != workload["primary_region"]


@every_system
def test_the_flat_outputs_say_the_same_as_the_config(system: str, side: str) -> None:
    outputs = recording(system, side).outputs
    config = yaml.safe_load(outputs["controllerConfig"])
    (name,) = config["workloads"]
    workload = config["workloads"][name]
    (database,) = workload["databases"].values()
    assert outputs["workload"] == name
    assert outputs["primaryRegion"] == workload["primary_region"]
    assert outputs["standbyRegion"] == workload["standby_region"]
    for role in ("primary", "standby"):
        assert outputs[f"{role}Identifier"] == database[role]["identifier"]
        assert outputs[f"{role}Endpoint"] == database[role]["endpoint"]
    assert outputs["fencingSecurityGroups"].split(",") == database["fencing"]["security_groups"]
    assert outputs["topics"].split(",") == workload["notifications"]["topics"]


@every_system
def test_every_output_is_a_text(system: str, side: str) -> None:
    for key, value in recording(system, side).outputs.items():
        assert isinstance(value, str) and value, key


@every_system
def test_the_webhook_heeds_the_topics_that_alarms_speak_through(system: str, side: str) -> None:
    made = recording(system, side)
    config = yaml.safe_load(made.outputs["controllerConfig"])
    heeded = {topic["arn"] for topic in config["webhook"]["topics"]}
    told = {
        arn for a in made.of("cloudwatch/metricAlarm:MetricAlarm") for arn in a.inputs.get("alarmActions", [])
    }
    assert told and told <= heeded
    subscribed = [s.inputs for s in made.of("sns/topicSubscription:TopicSubscription")]
    https = {s["topic"] for s in subscribed if s["protocol"] == "https"}
    assert https == heeded
    assert all(
        s["endpoint"] == f"{made.outputs['hookUrl']}/hooks/sns"
        for s in subscribed
        if s["protocol"] == "https"
    )


@every_system
@pytest.mark.parametrize("recorded", [recording, production], ids=["observing", "acting"])
def test_drctl_init_makes_the_same_config_of_the_outputs(
    system: str, side: str, recorded: Callable[[str, str], Recording], tmp_path: Path
) -> None:
    if not BINARY.exists():
        pytest.skip("drctl is not built: `make build`, or name it in DRCTL_BINARY")
    outputs = recorded(system, side).outputs
    told, written = tmp_path / "flat-outputs.json", tmp_path / "config.yaml"
    told.write_text(json.dumps(outputs))
    made = subprocess.run(
        [shutil.which(BINARY) or BINARY, "init", "--from-outputs", told, "-o", written],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    assert yaml.safe_load(written.read_text()) == yaml.safe_load(outputs["controllerConfig"])


OBJECTIVES = {"payments": GLOBAL_DATABASE, "shop": SERVED_REPLICA}
STRATEGY = Path(__file__).resolve().parents[3] / "docs" / "strategy.md"


@every_system
def test_waiting_for_aws_leaves_time_for_a_failover(system: str, side: str) -> None:
    """Else an objective would be lost before drctl begins."""
    outputs = recording(system, side).outputs
    objectives = OBJECTIVES.get(system, REPLICA)
    policy = yaml.safe_load(outputs["controllerConfig"])["workloads"][system]["policy"]
    assert outputs["recoveryTime"] == f"{objectives.recovery}m"
    assert seconds(policy["provider_recovery_limit"]) / 60 + objectives.failover == objectives.recovery
    assert policy["maximum_data_loss"] == objectives.data_loss
    served = {"capacity": objectives.capacity} if objectives.capacity else {}
    promotion = max(objectives.recovery, LEAST_FOR_PROMOTION)
    assert policy["timeouts"] == {"promotion": f"{promotion}m", **served}


@pytest.mark.parametrize(
    ("section", "objectives"),
    [("postgres-dr", REPLICA), ("payments", GLOBAL_DATABASE), ("shop", SERVED_REPLICA)],
)
def test_the_parts_that_the_strategy_lists_are_the_objective(section: str, objectives: Objectives) -> None:
    (page,) = re.findall(rf"\n## {section}\n(.*?)\n## ", STRATEGY.read_text(), re.DOTALL)
    (table,) = re.findall(r"\n\| part of the .*?\n\n", page, re.DOTALL)
    parts = dict(re.findall(r"\n\| ([^|]+) \| (\d+ (?:min|s)) \|", table))
    assert sum(map(seconds, parts.values())) == objectives.recovery * 60
    waited = sum(seconds(t) for part, t in parts.items() if "AWS's own recovery" in part)
    assert waited == (objectives.recovery - objectives.failover) * 60
    starting = [f"{seconds(t)}s" for part, t in parts.items() if "`timeouts.capacity`" in part]
    assert starting == ([objectives.capacity] if objectives.capacity else [])


def seconds(time: str) -> int:
    """Of `90 s`, `4 min`, `2m`."""
    number, unit = re.fullmatch(r"(\d+) ?(s|m|min)", time).groups()  # type: ignore[union-attr]
    return int(number) * (1 if unit == "s" else 60)
