"""Who may do what: actions by name, resources by name wherever AWS lets a policy name them."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from parliament import analyze_policy_string

from harness.recording import Recording, Registered
from harness.systems import ROLES, recording

every_system = pytest.mark.parametrize(("system", "side"), ROLES)

# What AWS lets no policy name a resource for, or what drctl must list whole.
ANYTHING = {
    # Reads of drctl: docs/iam.md. Alarms of several names, groups and zones are looked up by attributes.
    "cloudwatch:DescribeAlarms",
    "cloudwatch:GetMetricData",
    "ec2:DescribeSecurityGroups",
    "route53:ListHostedZonesByName",
    "cloudwatch:PutMetricData",
    # Interfaces that a function in a network makes for itself.
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ecr:GetAuthorizationToken",
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
