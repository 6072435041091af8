"""postgres-dr: what the sentence about it says, and what a change of roles does to its name and its
alarms."""

import pytest

from harness.recording import Recording, Registered
from harness.systems import recording, region

both_roles = pytest.mark.parametrize("side", ["home", "away"])


def made(side: str) -> Recording:
    return recording("postgres-dr", side)


def only(found: list[Registered], **inputs: object) -> Registered:
    (one,) = [r for r in found if all(r.inputs.get(k) == v for k, v in inputs.items())]
    return one


@both_roles
def test_the_replica_replicates_the_writer_across_regions(side: str) -> None:
    instances = {r.region: r for r in made(side).of("rds/instance:Instance")}
    writer = instances.pop(region("postgres-dr", side))
    (replica,) = instances.values()
    assert "replicateSourceDb" not in writer.inputs
    assert replica.inputs["replicateSourceDb"] == f"arn:aws:rds:{writer.region}:123456789012:db:" + str(
        writer.inputs["identifier"]
    )
    assert int(str(writer.inputs["engineVersion"]).split(".")[0]) >= 14


@both_roles
def test_each_lever_leaves_one_region_and_its_alarm_stands_in_the_other(side: str) -> None:
    alarms = {a.name: a for a in made(side).of("cloudwatch/metricAlarm:MetricAlarm")}
    levers = [a for a in alarms.values() if a.inputs["metricName"] == "FailoverActive"]
    regions = {"ap-southeast-1", "ap-southeast-2"}
    assert {(a.inputs["dimensions"]["From"], a.region) for a in levers} == {
        (left, other) for left in regions for other in regions - {left}
    }
    for alarm in levers:
        assert alarm.inputs["treatMissingData"] == "ignore"
        check = only(
            made(side).of("route53/healthCheck:HealthCheck"), cloudwatchAlarmName=alarm.inputs["name"]
        )
        assert check.inputs["insufficientDataHealthStatus"] == "LastKnownStatus"
        assert check.inputs["cloudwatchAlarmRegion"] == alarm.region


@both_roles
def test_the_primary_record_follows_the_lever_that_leaves_the_active_region(side: str) -> None:
    """With the other lever, the one that was just pulled, a change of roles would lead back to the old
    writer."""
    active, recorded = region("postgres-dr", side), made(side)
    records = [r for r in recorded.of("route53/record:Record") if r.inputs.get("failoverRoutingPolicies")]
    primary, secondary = only(records, setIdentifier="primary"), only(records, setIdentifier="secondary")
    assert recorded.outputs["leverHealthCheck"] == primary.inputs["healthCheckId"]
    assert f"From={active}" in recorded.outputs["leverDimensions"]
    checks = recorded.of("route53/healthCheck:HealthCheck")
    names = {c.inputs["cloudwatchAlarmName"] for c in checks if f"leave-{active}" in c.name}
    assert len(names) == 1
    # The same in both roles, and the answer of the mocks to it.
    other = recording("postgres-dr", "away" if side == "home" else "home")
    assert other.outputs["leverHealthCheck"] != recorded.outputs["leverHealthCheck"]
    assert "healthCheckId" not in secondary.inputs
    assert primary.urn in secondary.dependencies, "the PRIMARY turns first"


@both_roles
def test_the_witness_watches_the_active_database_and_is_unhealthy_without_data(side: str) -> None:
    checks = made(side).of("route53/healthCheck:HealthCheck")
    watching = [c for c in checks if "database-reachable" in c.name]
    assert {c.inputs["cloudwatchAlarmRegion"] for c in watching} == {"ap-southeast-1", "ap-southeast-2"}
    assert {c.inputs["insufficientDataHealthStatus"] for c in watching} == {"Unhealthy"}
    assert all(c.inputs["type"] == "CLOUDWATCH_METRIC" for c in checks)


@both_roles
def test_alarms_for_lag_cpu_storage_connections_and_latency(side: str) -> None:
    alarms = [
        a for a in made(side).of("cloudwatch/metricAlarm:MetricAlarm") if a.inputs["namespace"] == "AWS/RDS"
    ]
    per_region = {
        code: {a.inputs["metricName"] for a in alarms if a.region == code}
        for code in ("ap-southeast-1", "ap-southeast-2")
    }
    everywhere = {"CPUUtilization", "FreeStorageSpace", "DatabaseConnections", "ReadLatency", "WriteLatency"}
    active = region("postgres-dr", side)
    for code, metrics in per_region.items():
        assert metrics == everywhere | (set() if code == active else {"ReplicaLag"})
    lag = only(alarms, metricName="ReplicaLag")
    assert lag.inputs["threshold"] == 60 and lag.inputs["comparisonOperator"] == "GreaterThanThreshold"
    for alarm in alarms:
        (told,) = alarm.inputs["alarmActions"]
        assert f":{alarm.region}:" in told, "an alarm can tell its own Region's topic only"


@both_roles
def test_snapshots_are_copied_to_the_other_region_and_kept_for_seven_days(side: str) -> None:
    (plan,) = made(side).of("backup/plan:Plan")
    assert plan.region == region("postgres-dr", side)
    (rule,) = plan.inputs["rules"]
    (copy,) = rule["copyActions"]
    assert rule["lifecycle"]["deleteAfter"] == copy["lifecycle"]["deleteAfter"] == 7
    assert plan.region not in copy["destinationVaultArn"]
    (chosen,) = made(side).of("backup/selection:Selection")
    assert chosen.inputs["resources"] == [only_writer(side)]


def only_writer(side: str) -> str:
    identifier = made(side).outputs["primaryIdentifier"]
    return f"arn:aws:rds:{region('postgres-dr', side)}:123456789012:db:{identifier}"


def test_a_new_replica_may_have_another_identifier() -> None:
    """The old primary may still be there under its name when the replica is built anew."""
    renamed = recording("postgres-dr", "away", primaryDatabaseId="rebuilt-dev")
    assert renamed.outputs["standbyIdentifier"] == "rebuilt-dev"
    assert renamed.outputs["primaryIdentifier"] == made("away").outputs["primaryIdentifier"]
