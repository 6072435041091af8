"""drctl's host: where it stands, and what it may do."""

import json
import re
from typing import Any

import pytest

from harness.recording import Recording, Registered
from harness.systems import ROLES, recording, region
from infra.permissions import POLICY, controller_statements

every_host = pytest.mark.parametrize(("system", "side"), ROLES)


def named(made: Recording, kind: str, part: str) -> Registered:
    """The one of that type with that part in its name: a system may have machines and balancers of its
    own."""
    (found,) = [r for r in made.of(kind) if f"-{part}-" in r.name]
    return found


def statements(made: Recording, purpose: str) -> list[dict[str, Any]]:
    """Those of one of the host's policies."""
    (policy,) = [p for p in made.of("iam/rolePolicy:RolePolicy") if f"-ops-host-{purpose}-" in p.name]
    found: list[dict[str, Any]] = json.loads(policy.inputs["policy"])["Statement"]
    return found


@every_host
def test_it_stands_in_the_standby_region(system: str, side: str) -> None:
    host = named(recording(system, side), "ec2/instance:Instance", "ops-host")
    assert host.region != region(system, side)


@every_host
def test_drctl_may_do_what_the_generated_list_says_and_nothing_else(system: str, side: str) -> None:
    """docs/iam-policy.json is held to the operations that the code calls; here every statement is one of its,
    with the same actions, on resources of this stack."""
    listed = {s["Sid"]: s for s in json.loads(POLICY.read_text())["Statement"]}
    for statement in statements(recording(system, side), "controller"):
        if statement["Sid"] == "UseTopicKeys":
            # Not an operation that drctl calls, but what SNS needs of whoever publishes: docs/iam.md.
            assert statement["Action"] == ["kms:Decrypt", "kms:GenerateDataKey"]
            assert all(":key/" in arn for arn in statement["Resource"])
            hosts = statement["Condition"]["StringEquals"]["kms:ViaService"]
            assert all(re.fullmatch(r"sns\.[a-z0-9-]+\.amazonaws\.com", host) for host in hosts)
            continue
        original = listed[statement["Sid"]]
        assert sorted(statement["Action"]) == sorted(as_list(original["Action"])), statement["Sid"]
        assert statement["Effect"] == original["Effect"]


@every_host
def test_what_a_person_needs_for_a_first_configuration_is_not_the_hosts(system: str, side: str) -> None:
    allowed = [a for s in statements(recording(system, side), "controller") for a in as_list(s["Action"])]
    assert allowed
    assert "route53:ListHealthChecks" not in allowed


@every_host
def test_no_word_of_the_list_is_left_in_capitals(system: str, side: str) -> None:
    from infra.permissions import KNOWN

    for statement in statements(recording(system, side), "controller"):
        for resource in as_list(statement["Resource"]):
            parts = resource.replace("/", ":").split(":")
            assert not set(parts) & set(KNOWN), resource


@every_host
def test_it_may_promote_the_standby_and_fence_the_primary_but_not_the_other_way_round(
    system: str, side: str
) -> None:
    made = recording(system, side)
    by_sid = {s["Sid"]: s for s in statements(made, "controller")}
    if made.outputs["databaseType"] == "aurora-global":
        assert "PromoteReplica" not in by_sid and "FenceInstance" not in by_sid
        (fenced,) = by_sid["FenceCluster"]["Resource"]
        assert fenced.endswith(f":cluster:{made.outputs['primaryIdentifier']}")
    else:
        (promoted,) = by_sid["PromoteReplica"]["Resource"]
        (fenced,) = by_sid["FenceInstance"]["Resource"]
        assert promoted.endswith(f":db:{made.outputs['standbyIdentifier']}")
        assert fenced.endswith(f":db:{made.outputs['primaryIdentifier']}")


@every_host
def test_it_has_no_action_that_its_own_failover_does_not_take(system: str, side: str) -> None:
    """Aurora's instances are restarted, never modified, and its managed failover detaches nothing."""
    may = {a for s in statements(recording(system, side), "controller") for a in as_list(s["Action"])}
    moves = {a for a in may if a.startswith("rds:") and not a.startswith("rds:Describe")}
    deny = {"rds:DeleteDBCluster", "rds:DeleteDBInstance", "rds:DeleteGlobalCluster"}
    aurora = {"rds:FailoverGlobalCluster", "rds:ModifyDBCluster", "rds:RebootDBInstance"}
    replica = {"rds:PromoteReadReplica", "rds:ModifyDBInstance", "rds:RebootDBInstance"}
    assert moves - deny == (aurora if system == "payments" else replica)


@every_host
def test_people_come_in_by_session_manager_and_nothing_else_does(system: str, side: str) -> None:
    """AWS's own policy for it reads every parameter of the account."""
    made = recording(system, side)
    may = {a for s in statements(made, "sessions") for a in as_list(s["Action"])}
    assert may == {
        "ssm:UpdateInstanceInformation",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
    }
    attached = [a for a in made.of("iam/rolePolicyAttachment:RolePolicyAttachment") if "ops-host" in a.name]
    assert not attached


@every_host
def test_it_may_subscribe_its_own_webhook_and_nothing_else(system: str, side: str) -> None:
    made = recording(system, side)
    (asks,) = [s for s in statements(made, "host") if s["Sid"] == "AskForAlarms"]
    url = f"{made.outputs['hookUrl']}/hooks/sns"
    assert asks["Action"] == ["sns:Subscribe"]
    assert sorted(asks["Resource"]) == sorted(made.outputs["topics"].split(","))
    assert asks["Condition"] == {"StringEquals": {"sns:Protocol": "https", "sns:Endpoint": url}}
    (told,) = [o for o in made.of("s3/bucketObjectv2:BucketObjectv2") if "host-env" in o.name]
    assert f"HOOK_URL='{url}'" in told.inputs["content"]
    for topic in made.outputs["topics"].split(","):
        assert topic in told.inputs["content"]


@every_host
def test_the_webhook_is_subscribed_once_its_host_is_made(system: str, side: str) -> None:
    """As late as the stack can: SNS asks for the confirmation a few times within a minute."""
    made = recording(system, side)
    host = named(made, "ec2/instance:Instance", "ops-host")
    for subscription in made.of("sns/topicSubscription:TopicSubscription"):
        if subscription.inputs["protocol"] == "https":
            assert host.urn in subscription.dependencies, subscription


@every_host
def test_the_machine_itself_reads_its_files_and_its_secrets_and_no_more(system: str, side: str) -> None:
    actions = {a for s in statements(recording(system, side), "host") for a in as_list(s["Action"])}
    assert actions - {"sns:Subscribe"} == {
        "s3:GetObject",
        "s3:ListBucket",
        "kms:Decrypt",
        "secretsmanager:GetSecretValue",
    }


@every_host
def test_only_the_load_balancer_reaches_it(system: str, side: str) -> None:
    made = recording(system, side)
    host = named(made, "ec2/instance:Instance", "ops-host")
    groups = host.inputs["vpcSecurityGroupIds"]
    rules = [r for r in made.of("securityGroupIngressRule:SecurityGroupIngressRule") if of(r, groups)]
    assert len(rules) == 1 and rules[0].inputs.get("referencedSecurityGroupId")


def of(rule: Registered, groups: list[str]) -> bool:
    return rule.inputs["securityGroupId"] in groups


@every_host
def test_the_entrance_knows_two_doors(system: str, side: str) -> None:
    made = recording(system, side)
    listener = named(made, "lb/listener:Listener", "hooks")
    (default,) = listener.inputs["defaultActions"]
    assert default["type"] == "fixed-response" and default["fixedResponse"]["statusCode"] == "404"
    rule = named(made, "lb/listenerRule:ListenerRule", "hooks")
    paths = [c["pathPattern"]["values"] for c in rule.inputs["conditions"] if "pathPattern" in c]
    assert paths == [["/hooks/sns", "/hooks/generic"]]


def test_a_word_that_nobody_knows_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    """A new statement in the list must not be lost in silence."""
    body = {
        "Sid": "New",
        "Effect": "Allow",
        "Action": "rds:New",
        "Resource": "arn:aws:rds:REGION:ACCOUNT:db:x",
    }
    policy = tmp_path / "policy.json"
    policy.write_text(json.dumps({"Statement": [body]}))
    monkeypatch.setattr("infra.permissions.POLICY", policy)
    with pytest.raises(LookupError, match="REGION"):
        controller_statements({"ACCOUNT": ["1"]})


def as_list(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
