"""Orders, sentence by sentence: what the system must have, read from what it registers."""

import json
from typing import Any

import pytest

from harness.recording import ProgramFailed, Recording, Registered
from harness.systems import production, recording

HOME, AWAY = "eu-central-1", "eu-west-1"
both_roles = pytest.mark.parametrize("side", ["home", "away"])


def in_regions(found: list[Registered]) -> list[str]:
    return sorted(r.region for r in found)


def by_region(found: list[Registered]) -> dict[str, Registered]:
    """One in each Region, no more."""
    assert in_regions(found) == [HOME, AWAY]
    return {r.region: r for r in found}


def statements(made: Recording, role: str) -> list[dict[str, Any]]:
    """All of one role's."""
    own = [p for p in made.of("iam/rolePolicy:RolePolicy") if p.inputs["role"] == f"{role}-id"]
    return [s for p in own for s in json.loads(p.inputs["policy"])["Statement"]]


@both_roles
def test_each_region_has_a_stream_of_orders_encrypted_with_its_key(side: str) -> None:
    for region, stream in by_region(recording("orders", side).of("kinesis/stream:Stream")).items():
        assert stream.inputs["encryptionType"] == "KMS" and f":{region}:" in stream.inputs["kmsKeyId"]
        assert stream.inputs["retentionPeriod"] >= 72


@both_roles
def test_processors_run_on_fargate_in_private_subnets_behind_nat(side: str) -> None:
    made = recording("orders", side)
    nats = by_region(made.of("ec2/natGateway:NatGateway"))
    ways_out = {
        r.region: r.inputs["natGatewayId"] for r in made.of("ec2/route:Route") if r.inputs.get("natGatewayId")
    }
    assert sorted(ways_out) == sorted(nats)
    for region, service in by_region(made.of("ecs/service:Service")).items():
        assert service.inputs["launchType"] == "FARGATE"
        place = service.inputs["networkConfiguration"]
        private = [s for s in made.of("ec2/subnet:Subnet") if s.region == region and "private" in s.name]
        # Registered in whatever order they were ready.
        assert sorted(place["subnets"]) == sorted(f"{s.name}-id" for s in private) and len(private) >= 2
        assert place["assignPublicIp"] is False


@both_roles
def test_a_region_fetches_its_image_and_its_secrets_from_itself(side: str) -> None:
    made = recording("orders", side)
    for region, task in by_region(made.of("ecs/taskDefinition:TaskDefinition")).items():
        (container,) = json.loads(task.inputs["containerDefinitions"])
        registry = f"123456789012.dkr.ecr.{region}.amazonaws.com"
        assert container["image"] == f"{registry}/orders/processor:1.0.0"
        assert container["readonlyRootFilesystem"] is True
        given = {e["name"]: e["value"] for e in container["environment"]}
        assert given["STREAM"] == f"orders-intake-{region}-dev"
        assert given["DATABASE_HOST"] == "db.dev.orders.internal", "the name that follows the writer"
        # Names alone: what a task must know it reads itself, again after each rotation.
        assert (given["DATABASE_SECRET"], given["CACHE_SECRET"]) == ("orders/owner", "orders/cache")
        assert "secrets" not in container
        may = statements(made, f"orders-processor-{region}-dev")
        for statement in may:
            metrics = statement["Action"] == ["cloudwatch:PutMetricData"]
            assert metrics or all(f":{region}:" in r for r in statement["Resource"]), statement
        (reads,) = [s for s in may if s["Sid"] == "ReadSecrets"]
        assert [r.rsplit(":", 1)[1] for r in reads["Resource"]] == [
            "orders/owner-AbCdEf",
            "orders/cache-AbCdEf",
        ]


@both_roles
def test_the_database_is_postgresql_and_its_replica_is_in_the_other_region(side: str) -> None:
    made = recording("orders", side)
    active, standby = (HOME, AWAY) if side == "home" else (AWAY, HOME)
    instances = by_region(made.of("rds/instance:Instance"))
    assert instances[active].inputs["engine"] == "postgres"
    assert f":{active}:" in instances[standby].inputs["replicateSourceDb"]


@both_roles
def test_redis_is_encrypted_at_rest_and_in_transit_in_both_regions(side: str) -> None:
    made = recording("orders", side)
    for region, cache in by_region(made.of("elasticache/replicationGroup:ReplicationGroup")).items():
        assert cache.inputs["engine"] == "redis"
        assert cache.inputs["atRestEncryptionEnabled"] is True and f":{region}:" in cache.inputs["kmsKeyId"]
        assert cache.inputs["transitEncryptionEnabled"] is True
        assert "authToken" in cache.secrets and "authToken" in cache.ignore_changes


def test_a_productions_cache_survives_a_zone() -> None:
    for cache in production("orders").of("elasticache/replicationGroup:ReplicationGroup"):
        assert cache.inputs["numCacheClusters"] == 2
        assert cache.inputs["automaticFailoverEnabled"] is True and cache.inputs["multiAzEnabled"] is True


@both_roles
def test_credentials_are_rotated_every_30_days_in_the_active_region(side: str) -> None:
    made = recording("orders", side)
    active = HOME if side == "home" else AWAY
    rotations = made.of("secretsmanager/secretRotation:SecretRotation")
    assert {r.region for r in rotations} == {active}
    assert {r.inputs["secretId"].rsplit(":", 1)[1] for r in rotations} == {
        "orders/owner-AbCdEf",
        "orders/cache-AbCdEf",
    }
    (function,) = [f for f in made.of("lambda/function:Function") if "credential-rotation" in f.name]
    for rotation in rotations:
        assert rotation.inputs["rotationRules"] == {"automaticallyAfterDays": 30}
        assert rotation.inputs["rotationLambdaArn"].endswith(function.inputs["name"])
    callers = [p for p in made.of("lambda/permission:Permission") if "rotate-" in p.name]
    allowed = {(p.inputs["principal"], p.inputs["sourceArn"]) for p in callers}
    assert allowed == {("secretsmanager.amazonaws.com", r.inputs["secretId"]) for r in rotations}


@both_roles
def test_the_rotation_knows_the_writer_the_replica_and_both_caches(side: str) -> None:
    made = recording("orders", side)
    active, standby = (HOME, AWAY) if side == "home" else (AWAY, HOME)
    (function,) = [f for f in made.of("lambda/function:Function") if "credential-rotation" in f.name]
    given = json.loads(function.inputs["environment"]["variables"]["CREDENTIALS"])
    by_name = {secret.rsplit(":", 1)[1]: opened for secret, opened in given.items()}
    assert by_name == {
        "orders/owner-AbCdEf": {
            "database": {
                "region": active,
                "identifier": f"orders-database-{active}-dev",
                "replica_region": standby,
                "replica_identifier": f"orders-database-{standby}-dev",
            }
        },
        "orders/cache-AbCdEf": {
            "cache": {"groups": [[HOME, "orders-cache-dev"], [AWAY, "orders-cache-dev"]]}
        },
    }


@both_roles
def test_the_standby_service_is_small_and_grows_when_the_lever_is_pulled(side: str) -> None:
    made = recording("orders", side)
    active, standby = (HOME, AWAY) if side == "home" else (AWAY, HOME)
    counts = {r: s.inputs["desiredCount"] for r, s in by_region(made.of("ecs/service:Service")).items()}
    assert counts == {active: 3, standby: 1}
    functions = [f for f in made.of("lambda/function:Function") if "service-capacity" in f.name]
    for region, function in by_region(functions).items():
        given = function.inputs["environment"]["variables"]
        other = AWAY if region == HOME else HOME
        assert given["ROLE"] == ("primary" if region == active else "standby")
        assert (given["LEADING_TASKS"], given["WAITING_TASKS"]) == ("3", "1")
        (alarm,) = [
            a
            for a in made.of("cloudwatch/metricAlarm:MetricAlarm")
            if a.region == region and a.inputs["metricName"] == "FailoverActive"
        ]
        assert alarm.inputs["dimensions"]["From"] == other
        assert given["LEVER_ALARM"] == alarm.inputs["name"]
        (rule,) = [
            r
            for r in made.of("cloudwatch/eventRule:EventRule")
            if r.region == region and "capacity-now" in r.name
        ]
        pattern = json.loads(rule.inputs["eventPattern"])
        assert pattern["resources"] == [
            f"arn:aws:cloudwatch:{region}:123456789012:alarm:{alarm.inputs['name']}"
        ]


@both_roles
def test_the_function_that_scales_may_list_alarms(side: str) -> None:
    """IAM judges DescribeAlarms by the whole list, not by the names that are asked for."""
    made = recording("orders", side)
    for region in (HOME, AWAY):
        (lists,) = [
            s
            for s in statements(made, f"orders-service-capacity-{region}-dev")
            if "cloudwatch:DescribeAlarms" in s["Action"]
        ]
        assert lists["Resource"] == [f"arn:aws:cloudwatch:{region}:123456789012:alarm:*"]


@both_roles
def test_processors_tell_the_metrics_of_their_library_and_no_others(side: str) -> None:
    made = recording("orders", side)
    for region in (HOME, AWAY):
        may = statements(made, f"orders-processor-{region}-dev")
        (tells,) = [s for s in may if "cloudwatch:PutMetricData" in s["Action"]]
        own = f"orders-checkpoints-{region}-dev"
        assert tells["Condition"] == {"StringEquals": {"cloudwatch:namespace": own}}


def test_what_a_failover_changes_on_the_service_is_left_alone() -> None:
    made = recording("orders")
    assert all("desiredCount" in s.ignore_changes for s in made.of("ecs/service:Service"))
    assert all("minCapacity" in t.ignore_changes for t in made.of("appautoscaling/target:Target"))


@both_roles
def test_orders_that_wait_and_tasks_that_are_missing_are_told(side: str) -> None:
    made = recording("orders", side)
    active = HOME if side == "home" else AWAY
    alarms = made.of("cloudwatch/metricAlarm:MetricAlarm")
    for metric in ("GetRecords.IteratorAgeMilliseconds", "RunningTaskCount", "EngineCPUUtilization"):
        assert in_regions([a for a in alarms if a.inputs["metricName"] == metric]) == [HOME, AWAY]
    fewest = {a.region: a.inputs["threshold"] for a in alarms if a.inputs["metricName"] == "RunningTaskCount"}
    assert fewest == {r: 3 if r == active else 1 for r in (HOME, AWAY)}


def test_more_waiting_tasks_than_leading_ones_are_refused() -> None:
    with pytest.raises(ProgramFailed, match="processorTasks is 2: use processorStandbyTasks"):
        recording("orders", processorTasks="2", processorStandbyTasks="3")
    with pytest.raises(ProgramFailed, match="processorMemory is 9000"):
        recording("orders", processorMemory="9000")
