"""The rules for everything that a stack registers, each over every system and in both roles: providers, tags,
names."""

import json
import re
from pathlib import Path

import pytest

from harness.answers import ACCOUNT, computed
from harness.recording import Registered, record
from harness.systems import PROGRAM, ROLES, SYSTEMS, example, production, recording
from infra.settings import HOMES
from infra.tags import REQUIRED

every_system = pytest.mark.parametrize(("system", "side"), ROLES)

# What names a resource in AWS, where a type has it.
NAMES = (
    "bucket",
    "clusterIdentifier",
    "finalSnapshotIdentifier",
    "globalClusterIdentifier",
    "identifier",
    "name",
    "replicationGroupId",
)
# Types whose `name` or `bucket` is not theirs: they refer to something, or AWS gives the words.
NOT_THEIR_OWN = re.compile(
    r"aws:(s3/bucket(?!V2:BucketV2)|s3/bucketObject|route53/record|autoscaling/tag|apigatewayv2/stage|ecs/clusterCapacity).*"
)


@every_system
def test_every_resource_has_an_explicit_provider(system: str, side: str) -> None:
    without = [str(r) for r in recording(system, side).aws if "pulumi:providers:aws" not in r.provider]
    assert not without


@every_system
def test_everything_that_can_be_tagged_has_the_five_tags(system: str, side: str) -> None:
    untagged = [
        str(r)
        for r in recording(system, side).aws
        if "tags" in computed(r.type) and not set(REQUIRED) <= set(r.inputs.get("tags") or {})
    ]
    assert not untagged


@every_system
def test_tags_say_where_a_resource_is_and_what_its_region_is_now(system: str, side: str) -> None:
    made = recording(system, side)
    for resource in made.aws:
        tags = resource.inputs.get("tags")
        if tags:
            assert tags["Region"] == resource.region, resource
            role = "primary" if resource.region == made.config["activeRegion"] else "standby"
            assert tags["DR-Role"] == role, resource
            assert tags["Environment"] == made.config["environmentSuffix"], resource


@every_system
def test_every_name_holds_the_environments_suffix(system: str, side: str) -> None:
    made = production(system, side)
    assert not [str(r) for r in made.resources if "zq7" not in r.name]
    assert not [f"{r}: {name}" for r in made.aws for name in own_names(r) if "zq7" not in name]


def own_names(resource: Registered) -> list[str]:
    if NOT_THEIR_OWN.fullmatch(resource.type):
        return []
    return [str(resource.inputs[key]) for key in NAMES if resource.inputs.get(key)]


@pytest.mark.parametrize("system", SYSTEMS)
def test_other_regions_and_another_suffix_leave_no_trace_of_the_defaults(system: str) -> None:
    moved = {"primaryRegion": "eu-north-1", "standbyRegion": "ca-central-1", "environmentSuffix": "zq7"}
    made = record(**{**example(system), **moved})
    text = json.dumps([[r.name, r.inputs] for r in made.aws]) + json.dumps(made.outputs)
    for code in HOMES[system]:
        assert code not in text, f"{code} is written somewhere"
    assert {r.region for r in made.aws} == {"eu-north-1", "ca-central-1"}


def test_no_source_holds_an_account_or_a_region() -> None:
    for source in sorted((PROGRAM / "infra").rglob("*.py")) + sorted((PROGRAM / "functions").rglob("*.py")):
        text = source.read_text()
        assert not re.findall(r"(?<!\d)\d{12}(?!\d)", text), f"{source.name} has an account"
        codes = set(re.findall(r'"((?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d)"', text))
        # The systems' defaults, and where Route 53's metrics are.
        assert source.name == "settings.py" or codes <= {"us-east-1"}, f"{source.name} has {codes}"
    assert ACCOUNT not in Path(__file__).read_text()


@every_system
def test_nobody_makes_a_detector_or_a_secret(system: str, side: str) -> None:
    forbidden = (
        "guardduty/",
        "secretVersion:SecretVersion",
        "randomPassword",
        "iam/accessKey",
        "keyPair:KeyPair",
    )
    assert not [str(r) for r in recording(system, side).resources if any(f in r.type for f in forbidden)]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_preview_registers_what_an_update_does(system: str) -> None:
    """Nothing is made or left out because of a value that is only known later."""
    previewed, updated = recording(system, preview="yes"), recording(system)
    assert sorted(r.urn for r in previewed.resources) == sorted(r.urn for r in updated.resources)
