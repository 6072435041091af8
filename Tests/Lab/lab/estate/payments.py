"""The workload `payments`."""

from __future__ import annotations

from typing import Any

from .pieces import PASSWORD, RECORD_TTL, Item, Pieces, endpoint

# The lever in the standby Region that moves the records without Route 53's control plane.
LEVER = {"namespace": "drctl", "metric": "FailoverActive", "dimension": "Workload"}


def payments(pieces: Pieces, zone_id: str, name: str = "payments") -> Item:
    """An Aurora global database, behind a failover pair that a metric in the standby Region moves. Another
    `name` makes another."""
    home, away = "us-east-1", "us-east-2"
    groups, spare = pieces.groups(name, home), pieces.groups(name, away)
    pieces.client("rds", home).create_global_cluster(
        GlobalClusterIdentifier=f"{name}-global", Engine="aurora-postgresql", EngineVersion="15.4"
    )
    primary = cluster(
        pieces,
        home,
        f"{name}-use1",
        groups["app"],
        GlobalClusterIdentifier=f"{name}-global",
        MasterUsername="app",
        MasterUserPassword=PASSWORD,
        DatabaseName="payments",
    )
    standby = cluster(pieces, away, f"{name}-use2", spare["app"], GlobalClusterIdentifier=f"{name}-global")
    found = pieces.client("rds", home).describe_global_clusters(GlobalClusterIdentifier=f"{name}-global")
    watch = {"primary": pieces.endpoint_check(f"{name}-use1", primary)}
    lever = place_lever(pieces, name, away)
    record = f"db.{name}.{pieces.domain}"
    pair = [
        half(record, "PRIMARY", home, primary["host"], lever["health_check_id"]),
        half(record, "SECONDARY", away, standby["host"], None),
    ]
    pieces.upsert(zone_id, pair)
    return {
        "global_cluster": f"{name}-global",
        "global_endpoint": found["GlobalClusters"][0].get("Endpoint"),
        "primary": {**primary, "security_groups": groups},
        "standby": {**standby, "security_groups": spare},
        "record": {
            "name": record,
            "type": "CNAME",
            "ttl": RECORD_TTL,
            "zone_id": zone_id,
            "set_identifiers": {"primary": home, "standby": away},
        },
        "lever": lever,
        "health_checks": {**watch, "lever": lever["health_check_id"]},
    }


def cluster(pieces: Pieces, region: str, identifier: str, group: str, **more: Any) -> Item:
    rds = pieces.client("rds", region)
    found = rds.create_db_cluster(
        DBClusterIdentifier=identifier,
        Engine="aurora-postgresql",
        EngineVersion="15.4",
        VpcSecurityGroupIds=[group],
        **more,
    )["DBCluster"]
    rds.create_db_instance(
        DBInstanceIdentifier=f"{identifier}-1",
        DBClusterIdentifier=identifier,
        DBInstanceClass="db.r6g.large",
        Engine="aurora-postgresql",
    )
    return endpoint(
        region,
        identifier,
        found["DBClusterArn"],
        found["Endpoint"],
        found["Port"],
        instances=[f"{identifier}-1"],
        resource_id=found["DbClusterResourceId"],
    )


def place_lever(pieces: Pieces, workload: str, region: str) -> Item:
    """The alarm on the custom metric, and the check that follows its data stream."""
    alarm = f"{workload}-failover-active"
    pieces.client("cloudwatch", region).put_metric_alarm(
        AlarmName=alarm,
        Namespace=LEVER["namespace"],
        MetricName=LEVER["metric"],
        Dimensions=[{"Name": LEVER["dimension"], "Value": workload}],
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1.0,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
    )
    made = pieces.client("route53", "us-east-1").create_health_check(
        CallerReference=f"lab-{workload}-lever",
        HealthCheckConfig={
            "Type": "CLOUDWATCH_METRIC",
            "AlarmIdentifier": {"Region": region, "Name": alarm},
            "InsufficientDataHealthStatus": "LastKnownStatus",
        },
    )
    return {
        **LEVER,
        "region": region,
        "alarm": alarm,
        "value": workload,
        "health_check_id": made["HealthCheck"]["Id"],
    }


def half(name: str, failover: str, identifier: str, host: str, check: str | None) -> Item:
    record: Item = {
        "Name": name,
        "Type": "CNAME",
        "SetIdentifier": identifier,
        "Failover": failover,
        "TTL": RECORD_TTL,
        "ResourceRecords": [{"Value": host}],
    }
    return {**record, "HealthCheckId": check} if check else record
