"""The plant, sentence by sentence: what the system must have, read from what it registers."""

import json
import re
from typing import Any

import pytest

from harness.recording import Registered, record
from harness.systems import example, recording
from infra.components.ingestion_policy import LINE, THING, machine_policy

HOME, AWAY = "ap-southeast-1", "ap-southeast-2"
both_roles = pytest.mark.parametrize("side", ["home", "away"])


def by_region(found: list[Registered]) -> dict[str, Registered]:
    """One in each Region."""
    assert sorted(r.region for r in found) == [HOME, AWAY]
    return {r.region: r for r in found}


def inline(role: Registered, policies: list[Registered]) -> list[dict[str, Any]]:
    """The statements of a role's inline policies."""
    own = [p for p in policies if p.inputs["role"] == f"{role.inputs['name']}-id"]
    return [s for p in own for s in json.loads(p.inputs["policy"])["Statement"]]


def test_the_regions_are_settable() -> None:
    made = record(**{**example("plant"), "primaryRegion": "eu-west-1", "standbyRegion": "eu-central-1"})
    assert {r.region for r in made.aws} == {"eu-west-1", "eu-central-1"}


def test_iot_core_puts_readings_on_the_stream_by_machine() -> None:
    made = recording("plant")
    rules = by_region(made.of("iot/topicRule:TopicRule"))
    streams = by_region(made.of("kinesis/stream:Stream"))
    for region, rule in rules.items():
        (action,) = rule.inputs["kineses"]
        assert action["streamName"] == streams[region].inputs["name"]
        # topic(3) is the machine: its readings stay in order, and who it is it cannot choose.
        assert action["partitionKey"] == "${topic(3)}"
        assert rule.inputs["sql"].endswith("FROM 'plant-dev/+/+/telemetry'")
        assert rule.inputs["errorAction"]["cloudwatchLogs"]


def test_the_rules_reading_has_what_the_processor_takes() -> None:
    (rule, _) = recording("plant").of("iot/topicRule:TopicRule")
    chosen = re.search(r"SELECT (.*) FROM", rule.inputs["sql"])
    assert chosen
    names = {part.split(" AS ")[-1].strip() for part in chosen.group(1).split(",")}
    assert names == {"readAt", "temperature", "vibration", "line", "machine", "receivedAt"}


def test_a_machine_may_publish_its_own_readings_and_nothing_else() -> None:
    connect, publish = json.loads(machine_policy(HOME, "123456789012", "plant-dev"))["Statement"]
    assert connect["Resource"].endswith(f":client/{THING}")
    assert (publish["Action"], publish["Resource"].split(":topic/")[1]) == (
        "iot:Publish",
        f"plant-dev/{LINE}/{THING}/telemetry",
    )


def test_streams_are_encrypted_and_scale_as_the_stack_says() -> None:
    for stream in recording("plant").of("kinesis/stream:Stream"):
        assert stream.inputs["streamModeDetails"] == {"streamMode": "ON_DEMAND"}
        assert stream.inputs["kmsKeyId"].split(":")[3] == stream.region
    for stream in recording("plant", streamShards="40").of("kinesis/stream:Stream"):
        assert (stream.inputs["shardCount"], stream.inputs["streamModeDetails"]["streamMode"]) == (
            40,
            "PROVISIONED",
        )


def test_a_function_processes_the_stream_and_sets_aside_what_fails() -> None:
    made = recording("plant")
    functions = by_region([f for f in made.of("lambda/function:Function") if "stream-processor" in f.name])
    sources = by_region(made.of("lambda/eventSourceMapping:EventSourceMapping"))
    for region, source in sources.items():
        assert source.inputs["eventSourceArn"].split(":")[3] == region
        assert source.inputs["functionName"].endswith(functions[region].inputs["name"])
        assert source.inputs["functionResponseTypes"] == ["ReportBatchItemFailures"]
        aside = source.inputs["destinationConfig"]["onFailure"]["destinationArn"]
        assert aside.startswith(f"arn:aws:sqs:{region}:")
        assert functions[region].inputs["environment"]["variables"].keys() == {
            "TABLE",
            "STREAM",
            "NAMESPACE",
        }


def test_hot_state_is_in_a_global_table() -> None:
    made = recording("plant")
    (table,) = made.of("dynamodb/table:Table")
    (replica,) = made.of("dynamodb/tableReplica:TableReplica")
    assert (table.region, replica.region) == (HOME, AWAY)
    assert table.inputs["hashKey"] == "machine"
    assert table.inputs["ttl"] == {"attributeName": "expiresAt", "enabled": True}
    variables = [
        f.inputs["environment"]["variables"]
        for f in made.of("lambda/function:Function")
        if "stream-processor" in f.name
    ]
    assert {v["TABLE"] for v in variables} == {table.inputs["name"]}


def test_history_is_delivered_in_each_region_and_replicated_both_ways() -> None:
    made = recording("plant")
    deliveries = by_region(made.of("kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"))
    kind = "s3/bucketReplicationConfig:BucketReplicationConfig"
    replicated = by_region([r for r in made.of(kind) if "history" in r.name])
    for here, there in ((HOME, AWAY), (AWAY, HOME)):
        target = deliveries[here].inputs["extendedS3Configuration"]
        assert f"history-{here}" in target["bucketArn"]
        # Below the Region's own code: neither Region overwrites the other's files.
        assert target["prefix"].startswith(f"readings/{here}/")
        (rule,) = replicated[here].inputs["rules"]
        assert f"history-{there}" in rule["destination"]["bucket"]


@both_roles
def test_each_line_of_machines_has_its_alarms(side: str) -> None:
    made = recording("plant", side)
    active = HOME if side == "home" else AWAY
    alarms = [a for a in made.of("cloudwatch/metricAlarm:MetricAlarm") if "Line" in a.inputs["dimensions"]]
    for region in (HOME, AWAY):
        here = [a.inputs for a in alarms if a.region == region]
        for line in ("press", "paint", "assembly"):
            of_line = {a["metricName"]: a for a in here if a["dimensions"] == {"Line": line}}
            assert of_line.keys() == {"Readings", "Temperature", "Vibration", "Unusual", "Delay"}
            assert of_line["Temperature"]["threshold"] == 90
            # Machines talk to the active Region alone: there silence is alarming.
            silence = "breaching" if region == active else "notBreaching"
            assert of_line["Readings"]["treatMissingData"] == silence
            assert all(a["alarmActions"][0].split(":")[3] == region for a in of_line.values())


@both_roles
def test_the_registry_has_its_replica_in_the_other_region(side: str) -> None:
    made = recording("plant", side)
    active, standby = (HOME, AWAY) if side == "home" else (AWAY, HOME)
    instances = by_region(made.of("rds/instance:Instance"))
    assert "replicateSourceDb" not in instances[active].inputs
    assert instances[standby].inputs["replicateSourceDb"].split(":")[3] == active


@both_roles
def test_the_ingestion_endpoint_fails_over(side: str) -> None:
    made = recording("plant", side)
    active, standby = (HOME, AWAY) if side == "home" else (AWAY, HOME)
    checks = made.of("route53/healthCheck:HealthCheck")
    endpoints = by_region([c for c in checks if c.inputs["type"] == "TCP"])
    assert {c.inputs["port"] for c in endpoints.values()} == {8883}
    (combined,) = [c for c in checks if c.inputs["type"] == "CALCULATED"]
    assert combined.inputs["childHealthThreshold"] == 2
    records = {
        r.inputs["failoverRoutingPolicies"][0]["type"]: r.inputs
        for r in made.of("route53/record:Record")
        if r.inputs["name"] == "ingest.plant.example.com" and r.inputs.get("failoverRoutingPolicies")
    }
    assert active in records["PRIMARY"]["records"][0]
    assert standby in records["SECONDARY"]["records"][0]
    domains = by_region(made.of("iot/domainConfiguration:DomainConfiguration"))
    for region, domain in domains.items():
        assert domain.inputs["domainName"] == "ingest.plant.example.com"
        (certificate,) = domain.inputs["serverCertificateArns"]
        assert certificate.split(":")[3] == region


def test_the_processor_may_touch_its_own_stream_and_table_alone() -> None:
    made = recording("plant")
    policies = made.of("iam/rolePolicy:RolePolicy")
    roles = by_region([r for r in made.of("iam/role:Role") if "stream-processor" in r.name])
    for region, role in roles.items():
        resources = [r for s in inline(role, policies) for r in s["Resource"]]
        assert resources
        assert all(r.split(":")[3] == region for r in resources)
        assert not any(r.endswith(":*") and "logs" not in r for r in resources)
