"""The shop, sentence by sentence: what the system must have, read from what it registers."""

import json
from typing import Any

import pytest
import yaml

from harness.answers import resource
from harness.recording import ProgramFailed, Recording, Registered
from harness.systems import recording

HOME, AWAY = "us-east-1", "us-west-2"
both_roles = pytest.mark.parametrize("side", ["home", "away"])


def roles(side: str) -> tuple[str, str]:
    """The active Region, and the standby one."""
    return (HOME, AWAY) if side == "home" else (AWAY, HOME)


def by_region(found: list[Registered]) -> dict[str, Registered]:
    """One in each Region, no more."""
    assert sorted(r.region for r in found) == [HOME, AWAY]
    return {r.region: r for r in found}


def named(made: Recording, kind: str, thing: str) -> dict[str, Registered]:
    return by_region([r for r in made.of(kind) if r.name.startswith(f"shop-{thing}-us-")])


@both_roles
def test_a_load_balancer_leads_to_tasks_on_fargate_in_both_regions(side: str) -> None:
    made = recording("shop", side)
    listeners, targets = (
        named(made, k, "web") for k in ("lb/listener:Listener", "lb/targetGroup:TargetGroup")
    )
    for region, service in by_region(made.of("ecs/service:Service")).items():
        (joined,) = service.inputs["loadBalancers"]
        (action,) = listeners[region].inputs["defaultActions"]
        assert joined["targetGroupArn"] == action["targetGroupArn"]
        assert f":{region}:" in joined["targetGroupArn"]
        assert f":{region}:" in listeners[region].inputs["certificateArn"]
        assert targets[region].inputs["targetType"] == "ip"
        assert targets[region].inputs["protocol"] == "HTTPS"
        assert service.inputs["launchType"] == "FARGATE"
        assert listeners[region].urn in service.dependencies


@both_roles
def test_only_the_balancer_reaches_the_tasks_and_it_only_them(side: str) -> None:
    made = recording("shop", side)
    tasks = named(made, "ec2/securityGroup:SecurityGroup", "web")
    entrances = named(made, "ec2/securityGroup:SecurityGroup", "web-entrance")
    identity = identities(made)
    for region in (HOME, AWAY):
        inside, outside = identity[tasks[region].name], identity[entrances[region].name]
        (way_in,) = [
            r
            for r in made.of("vpc/securityGroupIngressRule:SecurityGroupIngressRule")
            if r.inputs["securityGroupId"] == inside
        ]
        assert (way_in.inputs["referencedSecurityGroupId"], way_in.inputs["fromPort"]) == (outside, 8443)
        (way_out,) = [
            r
            for r in made.of("vpc/securityGroupEgressRule:SecurityGroupEgressRule")
            if r.inputs["securityGroupId"] == outside
        ]
        assert way_out.inputs["referencedSecurityGroupId"] == inside


def identities(made: Recording) -> dict[str, str]:
    """What AWS would call each group."""
    groups = made.of("ec2/securityGroup:SecurityGroup")
    return {g.name: str(resource(g.type, g.name, g.inputs, g.provider, g.custom)[0]) for g in groups}


@both_roles
def test_the_standby_is_scaled_down_and_scaled_up_by_a_step_of_the_plan(side: str) -> None:
    made = recording("shop", side)
    active, standby = roles(side)
    services = by_region(made.of("ecs/service:Service"))
    assert {r: s.inputs["desiredCount"] for r, s in services.items()} == {active: 3, standby: 1}
    assert all("desiredCount" in s.ignore_changes for s in services.values())
    config = yaml.safe_load(made.outputs["controllerConfig"])["workloads"]["shop"]
    # Of both Regions, so that it is right for the way home too: drctl raises the standby one's.
    assert config["capacity"] == [
        {
            "type": "ecs-service",
            "region": region,
            "cluster": f"shop-web-{region}-dev",
            "service": services[region].inputs["name"],
            "desired": 3,
        }
        for region in (HOME, AWAY)
    ]
    assert made.outputs["capacity"] == ",".join(
        f"ecs-service:{r}:shop-web-{r}-dev/shop-web-{r}-dev:3" for r in (HOME, AWAY)
    )
    assert not [f for f in made.of("lambda/function:Function") if "service-capacity" in f.name]


@both_roles
def test_drctl_may_raise_the_standby_service_and_only_look_at_the_other(side: str) -> None:
    active, standby = roles(side)
    allowed = [
        statement
        for policy in recording("shop", side).of("iam/rolePolicy:RolePolicy", "iam/policy:Policy")
        for statement in json.loads(policy.inputs["policy"])["Statement"]
        if any(a.startswith(("ecs:", "autoscaling:")) for a in statement["Action"])
    ]
    arns = {
        r: f"arn:aws:ecs:{r}:123456789012:service/shop-web-{r}-dev/shop-web-{r}-dev" for r in (HOME, AWAY)
    }
    assert {s["Sid"]: (s["Action"], s["Resource"]) for s in allowed} == {
        "WatchServices": (["ecs:DescribeServices"], [arns[active], arns[standby]]),
        "RaiseService": (["ecs:UpdateService"], [arns[standby]]),
    }


@both_roles
def test_auto_scaling_keeps_as_many_tasks_as_the_regions_role_needs(side: str) -> None:
    active, standby = roles(side)
    targets = by_region(recording("shop", side).of("appautoscaling/target:Target"))
    assert {r: t.inputs["minCapacity"] for r, t in targets.items()} == {active: 3, standby: 1}
    assert not any("minCapacity" in t.ignore_changes for t in targets.values()), "turned with the roles"


@both_roles
def test_auto_scaling_takes_nothing_away_from_the_standby(side: str) -> None:
    """Idle tasks are too many each minute: what drctl adds would be gone before a customer is there."""
    active, standby = roles(side)
    policies = by_region(recording("shop", side).of("appautoscaling/policy:Policy"))
    kept = {
        r: p.inputs["targetTrackingScalingPolicyConfiguration"]["disableScaleIn"] for r, p in policies.items()
    }
    assert kept == {active: False, standby: True}


def test_a_standby_that_answers_no_health_check_is_refused() -> None:
    with pytest.raises(ProgramFailed, match="webStandbyTasks is 0"):
        recording("shop", webStandbyTasks="0")


@both_roles
def test_the_database_and_the_media_are_replicated(side: str) -> None:
    made = recording("shop", side)
    active, standby = roles(side)
    replica = by_region(made.of("rds/instance:Instance"))[standby]
    assert f":{active}:" in replica.inputs["replicateSourceDb"]
    media = named(made, "s3/bucketReplicationConfig:BucketReplicationConfig", "media")
    for here, there in ((HOME, AWAY), (AWAY, HOME)):
        target = media[here].inputs["rules"][0]["destination"]
        assert there in target["bucket"] and there in target["encryptionConfiguration"]["replicaKmsKeyId"]


@both_roles
def test_customers_follow_their_region_and_the_lever(side: str) -> None:
    made = recording("shop", side)
    active, standby = roles(side)
    records = {
        r.inputs["failoverRoutingPolicies"][0]["type"]: r.inputs
        for r in made.of("route53/record:Record")
        if r.inputs["name"] == "shop.dev.example.com" and r.inputs.get("failoverRoutingPolicies")
    }
    assert active in records["PRIMARY"]["aliases"][0]["name"]
    assert standby in records["SECONDARY"]["aliases"][0]["name"]
    checks = made.of("route53/healthCheck:HealthCheck")
    (combined,) = [c for c in checks if c.inputs["type"] == "CALCULATED"]
    assert combined.inputs["childHealthThreshold"] == len(combined.inputs["childHealthchecks"]) == 2
    answering = by_region([c for c in checks if c.inputs["type"] == "HTTPS"])
    assert all(c.inputs["resourcePath"] == "/health" for c in answering.values())


@both_roles
def test_backups_are_made_each_day_and_copied_to_the_other_region(side: str) -> None:
    made = recording("shop", side)
    active, standby = roles(side)
    (plan,) = made.of("backup/plan:Plan")
    (rule,) = plan.inputs["rules"]
    (copy,) = rule["copyActions"]
    assert plan.region == active and f":{standby}:" in copy["destinationVaultArn"]
    assert rule["lifecycle"]["deleteAfter"] == copy["lifecycle"]["deleteAfter"] == 35
    (selected,) = made.of("backup/selection:Selection")
    assert selected.inputs["resources"] == [
        f"arn:aws:rds:{active}:123456789012:db:shop-database-{active}-dev"
    ]


@both_roles
def test_each_regions_trail_hears_the_whole_account_and_writes_to_its_own_bucket(side: str) -> None:
    made = recording("shop", side)
    policies = named(made, "s3/bucketPolicy:BucketPolicy", "trail")
    for region, trail in by_region(made.of("cloudtrail/trail:Trail")).items():
        assert trail.inputs["isMultiRegionTrail"] is True
        assert trail.inputs["enableLogFileValidation"] is True
        assert trail.inputs["s3BucketName"].startswith(f"shop-trail-{region}-dev")
        allowed = [s for s in statements(policies[region]) if s["Effect"] == "Allow"]
        assert {s["Action"] for s in allowed} == {"s3:GetBucketAcl", "s3:PutObject"}
        ours = f"arn:aws:cloudtrail:{region}:123456789012:trail/{trail.inputs['name']}"
        for statement in allowed:
            assert statement["Principal"] == {"Service": "cloudtrail.amazonaws.com"}
            assert statement["Condition"]["StringEquals"]["aws:SourceArn"] == ours
        assert policies[region].urn in trail.dependencies


def statements(policy: Registered) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(policy.inputs["policy"])["Statement"]
    return found


@both_roles
def test_every_log_ends(side: str) -> None:
    kept = {g.name: g.inputs.get("retentionInDays") for g in recording("shop", side).of("logGroup:LogGroup")}
    assert kept and all(kept.values()), kept
    assert {days for name, days in kept.items() if name.startswith("shop-trail-")} == {90}


@pytest.mark.parametrize(
    ("minutes", "recovery", "promotion"), [("16", "2m", "16m"), ("14", "0s", "15m"), ("60", "5m", "60m")]
)
def test_rto_and_rpo_are_the_controllers_limits(minutes: str, recovery: str, promotion: str) -> None:
    outputs = recording("shop", recoveryTime=minutes, maximumDataLoss="4m").outputs
    policy = yaml.safe_load(outputs["controllerConfig"])["workloads"]["shop"]["policy"]
    assert policy["maximum_data_loss"] == outputs["maximumDataLoss"] == "4m"
    assert policy["provider_recovery_limit"] == recovery
    assert policy["timeouts"] == {"promotion": promotion, "capacity": "60s"}
    assert outputs["recoveryTime"] == f"{minutes}m"


def test_an_objective_that_no_failover_can_meet_is_refused() -> None:
    with pytest.raises(ProgramFailed, match="recoveryTime is 10"):
        recording("shop", recoveryTime="10")
