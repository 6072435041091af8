"""Who may do what: actions by name, resources by name wherever AWS lets a policy name them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from parliament import analyze_policy_string

from harness.recording import Recording, Registered
from harness.systems import ROLES, example, recording
from infra.reader import Reader, SettingsError
from infra.settings import Settings

every_system = pytest.mark.parametrize(("system", "side"), ROLES)

# What AWS lets no policy name a resource for, or what drctl must list whole.
ANYTHING = {
    # Reads of drctl: docs/iam.md. Alarms of several names, groups and zones are looked up by attributes.
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetMetricData",
    "ec2:DescribeSecurityGroups",
    "route53:ListHostedZonesByName",
    "cloudwatch:PutMetricData",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ecr:GetAuthorizationToken",
    # Session Manager's channels.
    "ssmmessages:CreateControlChannel",
    "ssmmessages:CreateDataChannel",
    "ssmmessages:OpenControlChannel",
    "ssmmessages:OpenDataChannel",
    "xray:PutTraceSegments",
    "xray:PutTelemetryRecords",
}
# parliament 1.6 holds these for wrong, and AWS does not.
KNOWN_BETTER = {"RESOURCE_MISMATCH", "UNKNOWN_ACTION"}


def policies(made: Recording) -> Iterator[tuple[Registered, dict[str, Any]]]:
    """Every identity's policy."""
    for resource in made.of("iam/rolePolicy:RolePolicy", "iam/policy:Policy"):
        yield resource, json.loads(resource.inputs["policy"])


def listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


@every_system
def test_actions_are_named(system: str, side: str) -> None:
    for resource, policy in policies(recording(system, side)):
        for statement in policy["Statement"]:
            assert not [a for a in listed(statement["Action"]) if "*" in a], f"{resource} {statement['Sid']}"


@every_system
def test_resources_are_named_where_they_can_be(system: str, side: str) -> None:
    for resource, policy in policies(recording(system, side)):
        for statement in policy["Statement"]:
            if statement["Effect"] == "Allow" and "*" in listed(statement["Resource"]):
                wide = set(listed(statement["Action"])) - ANYTHING
                assert not wide, f"{resource} {statement['Sid']}: {wide} on everything"


@every_system
def test_policies_are_well_formed_and_fit(system: str, side: str) -> None:
    for resource, policy in policies(recording(system, side)):
        found = analyze_policy_string(json.dumps(policy)).findings
        grave = [
            f for f in found if f.issue in ("MALFORMED", "INVALID_ARN", "UNKNOWN_PREFIX", "DUPLICATE_SID")
        ]
        assert not grave, f"{resource}: {grave}"
        # An inline policy of a role, without white space.
        assert len(json.dumps(policy, separators=(",", ":"))) <= 10240, resource


@every_system
def test_actions_and_resources_belong_together(system: str, side: str) -> None:
    """An action on a resource of another kind allows nothing, and shows on the day it is needed."""
    for resource, policy in policies(recording(system, side)):
        found = analyze_policy_string(json.dumps(policy)).findings
        wrong = [f for f in found if f.issue in KNOWN_BETTER and not excused(f)]
        assert not wrong, f"{resource}: {[(f.issue, f.detail) for f in wrong]}"


def excused(finding: Any) -> bool:
    """Newer than parliament's list of actions, or of resource types."""
    detail = json.dumps(finding.detail)
    newer = ("rds:DescribeGlobalClusters", "rds:FailoverGlobalCluster", "rds:RemoveFromGlobalCluster")
    return any(action in detail for action in newer)


@every_system
def test_only_aws_services_take_roles(system: str, side: str) -> None:
    for role in recording(system, side).of("iam/role:Role"):
        for statement in json.loads(role.inputs["assumeRolePolicy"])["Statement"]:
            principal = statement["Principal"]
            assert principal != "*" and principal.get("AWS") != "*", role
            assert "Service" in principal or "Condition" in statement or "arn:" in str(principal), role


@every_system
def test_a_function_in_a_network_makes_interfaces_there_and_nowhere_else(system: str, side: str) -> None:
    made = recording(system, side)
    for function in made.of("lambda/function:Function"):
        place = function.inputs.get("vpcConfig")
        if not place:
            continue
        (own,) = [
            json.loads(p.inputs["policy"])["Statement"]
            for p in made.of("iam/rolePolicy:RolePolicy")
            if p.name == function.name.replace(f"-{function.region}", f"-run-{function.region}")
        ]
        (join,) = [s for s in own if s["Action"] == ["ec2:CreateNetworkInterface"]]
        kinds = sorted(r.split(":")[5].split("/")[0] for r in join["Resource"])
        subnets = ["subnet"] * len(place["subnetIds"])
        assert kinds == ["network-interface", "security-group", *subnets], function
        assert all(f":{function.region}:" in r for r in join["Resource"])


# The customer's own keys, one in each Region of orders: it has every kind of reader of secrets.
KEYS = {
    code: f"arn:aws:kms:{code}:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    for code in ("eu-central-1", "eu-west-1")
}


def test_whoever_reads_a_secret_may_use_the_key_that_the_customer_gave_it() -> None:
    made = recording("orders", secretKeys=", ".join(KEYS.values()))
    reading = 0
    for resource, policy in policies(made):
        by_sid = {s["Sid"]: s for s in policy["Statement"]}
        reads = {"ReadSecrets", "RotateSecrets"} & by_sid.keys()
        assert bool(reads) == ("UnlockSecrets" in by_sid), resource
        if not reads:
            continue
        reading += 1
        unlock = by_sid["UnlockSecrets"]
        assert unlock["Resource"] == [KEYS[resource.region]], resource
        through = f"secretsmanager.{resource.region}.amazonaws.com"
        assert unlock["Condition"] == {"StringEquals": {"kms:ViaService": through}}
        writes = "RotateSecrets" in reads
        assert ("kms:GenerateDataKey" in unlock["Action"]) is writes, resource
    assert reading == 6, "the host, two watchers, two services, the rotation"


def test_without_keys_of_the_customers_nobody_may_use_any() -> None:
    for resource, policy in policies(recording("orders")):
        assert "UnlockSecrets" not in {s["Sid"] for s in policy["Statement"]}, resource


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ("alias/mine", "the ARN of a KMS key, not of an alias"),
        (KEYS["eu-west-1"].replace("eu-west-1", "us-east-1"), "no secret is read in us-east-1"),
    ],
)
def test_a_key_that_cannot_help_is_refused(keys: str, said: str) -> None:
    reader = Reader({**example("orders"), "secretKeys": keys})
    Settings.read(reader)
    with pytest.raises(SettingsError, match=said):
        reader.finish()
