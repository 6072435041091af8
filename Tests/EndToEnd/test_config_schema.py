"""`drctl config schema` against files that drctl takes, and against files that it does not, by a validator
that is not drctl's."""

from __future__ import annotations

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest

from staging.binary import ROOT
from staging.schema import faults, read, schema
from staging.stage import Stage
from staging.yaml import yaml_text

REFERENCE = ROOT / "config.yaml"
# A path in a document's snippet: what stands above it in the file.
PLACES: dict[str, tuple[str, ...]] = {
    "sql": ("workloads", "orders", "databases", "orders"),
    "lease": ("controller",),
}


def complete() -> str:
    """The reference with every setting that is left out switched on: `#key: value` without a space."""
    lines = REFERENCE.read_text().splitlines()
    return "\n".join(re.sub(r"^( *)#([a-z_]+:.*)$", r"\1\2", line) for line in lines)


def reference() -> dict[str, Any]:
    found = read(complete())
    assert isinstance(found, dict)
    return found


def snippets() -> list[tuple[str, str]]:
    """Every YAML block of the documents, with where it stands. Incidents are written in another format."""
    found = []
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("runbooks/*.md")]):
        for number, body in enumerate(re.findall(r"^ *```yaml\n(.*?)^ *```", path.read_text(), re.S | re.M)):
            found.append((f"{path.relative_to(ROOT)}#{number}", body))
    return found


def test_it_is_a_schema_that_wants_what_drctl_wants() -> None:
    assert schema()["required"] == ["controller", "workloads"]
    assert faults(read(REFERENCE.read_text())) == []
    assert faults(reference()) == []


def test_it_has_words_for_nearly_every_key() -> None:
    """An editor shows them beside the key. One that is new may still be without, most may not."""
    silent: list[str] = []
    described: list[str] = []

    def look(node: dict[str, Any], path: str) -> None:
        for key, value in node.get("properties", {}).items():
            (described if value.get("description") else silent).append(f"{path}.{key}")
            look(value, f"{path}.{key}")
            for inner in (value.get("items"), value.get("additionalProperties")):
                if isinstance(inner, dict):
                    look(inner, f"{path}.{key}[]")

    look(schema(), "")
    assert len(described) > 100
    assert len(silent) < len(described) / 10, silent


@pytest.mark.parametrize(("where", "body"), snippets(), ids=[where for where, _ in snippets()])
def test_it_takes_what_the_documents_show(where: str, body: str) -> None:
    lines = body.splitlines()
    margin = min(len(line) - len(line.lstrip()) for line in lines if line.strip())
    part = read("\n".join(line[margin:] for line in lines))
    assert isinstance(part, dict), where
    config = reference()
    for key, value in part.items():
        if key not in config and key not in PLACES:
            pytest.skip(f"{where} is no part of config.yaml")
        target = config
        for step in PLACES.get(key, ()):
            target = target[step]
        target[key] = merged(target.get(key), value)
    assert faults(config) == [], where


def merged(old: object, new: object) -> object:
    if isinstance(old, dict) and isinstance(new, dict):
        return {**old, **{key: merged(old.get(key), value) for key, value in new.items()}}
    return new


def test_it_takes_what_the_tests_run_with(stage: Stage) -> None:
    stage.orders()
    stage.payments()
    stage.configure()
    assert stage.run("validate").code == 0
    assert faults(read(yaml_text(stage.config))) == []


@pytest.mark.parametrize("path", sorted((ROOT / "deploy/pulumi/tests/outputs").glob("*.json")), ids=str)
def test_it_takes_what_the_stacks_write(path: Path) -> None:
    assert faults(read(json.loads(path.read_text())["controllerConfig"])) == []


@pytest.mark.parametrize(
    ("place", "value", "says"),
    [
        ("controller.regoin", "eu-west-1", "unexpected"),
        ("controller.region", "Frankfurt", "does not match"),
        ("controller.poll_interval", 10, "is not of type 'string'"),
        ("controller.poll_interval", "10", "does not match"),
        ("controller.poll_interval", "", "does not match"),
        ("controller.max_concurrent_failovers", 65, "maximum"),
        ("controller.log_level", "loud", "is not one of"),
        ("workloads.orders.policy.mode", "auto", "is not one of"),
        ("defaults.policy.timeouts.fence", "1s1m", "does not match"),
        ("workloads.orders.priority", "50", "is not of type 'integer'"),
        ("workloads.orders.databases.orders.type", None, "'type' is a required property"),
        ("workloads.orders.databases.orders.global_cluster", "g", "False schema"),
        ("workloads.payments.databases.payments.global_cluster", None, "'global_cluster' is a required"),
        ("workloads.payments.databases.payments.heartbeat", True, "False schema"),
        ("workloads.orders.traffic.0.zone", None, "'zone' is a required property"),
        ("workloads.orders.traffic.0.metric", "m", "False schema"),
        ("workloads.orders.notifications.topics.0", "dr-orders", "does not match"),
        ("workloads.orders.databases.orders.fencing.method", "none", "False schema"),
    ],
)
def test_it_refuses_what_drctl_refuses(
    stage: Stage, place: str, value: object, says: str, tmp_path: Path
) -> None:
    config = copy.deepcopy(reference())
    target: Any = config
    *steps, last = place.split(".")
    for step in steps:
        target = target[int(step)] if isinstance(target, list) else target[step]
    if value is None:
        del target[last]
    elif isinstance(target, list):
        target[int(last)] = value
    else:
        target[last] = value
    found = faults(config)
    assert any(says in fault for fault in found), found
    written = tmp_path / "config.yaml"
    written.write_text(yaml_text(config))
    assert stage.run("validate", "--config", str(written)).code == 2
