"""Payments, sentence by sentence: what the system must have, read from what it registers."""

import json
from typing import Any

import pytest

from harness.answers import resource
from harness.recording import Recording, Registered
from harness.systems import recording

HOME, AWAY = "us-east-1", "us-east-2"
both_roles = pytest.mark.parametrize("side", ["home", "away"])


def one(found: list[Registered], region: str, **inputs: Any) -> Registered:
    """The only one in that Region with these inputs."""
    matching = [
        r for r in found if r.region == region and all(r.inputs.get(k) == v for k, v in inputs.items())
    ]
    (only,) = matching
    return only


def identity(made: Registered) -> str | None:
    """What AWS would call it."""
    return resource(made.type, made.name, made.inputs, made.provider, made.custom)[0]


def in_regions(found: list[Registered]) -> list[str]:
    """Where they are."""
    return sorted(r.region for r in found)


@both_roles
def test_an_aurora_postgresql_global_database_spans_both_regions(side: str) -> None:
    made = recording("payments", side)
    (joined,) = made.of("rds/globalCluster:GlobalCluster")
    assert (joined.inputs["engine"], joined.inputs["storageEncrypted"]) == ("aurora-postgresql", True)
    clusters = made.of("rds/cluster:Cluster")
    assert in_regions(clusters) == [HOME, AWAY]
    assert {c.inputs["globalClusterIdentifier"] for c in clusters} == {"payments-global-dev-id"}
    # Managed failover wants the same version on both sides.
    assert len({c.inputs["engineVersion"] for c in clusters}) == 1
    assert all(c.inputs["kmsKeyId"].split(":")[3] == c.region for c in clusters)
    assert in_regions(made.of("rds/clusterInstance:ClusterInstance")) == [HOME, AWAY]


@both_roles
def test_the_active_region_has_the_writer_and_the_other_joins_after_it(side: str) -> None:
    made = recording("payments", side)
    active, standby = (HOME, AWAY) if side == "home" else (AWAY, HOME)
    writer = one(made.of("rds/cluster:Cluster"), active)
    reader = one(made.of("rds/cluster:Cluster"), standby)
    assert writer.inputs["masterUsername"] == "owner"
    assert {"masterPassword", "masterUsername"} <= set(writer.secrets)
    assert "masterUsername" not in reader.inputs
    assert reader.inputs["sourceRegion"] == active
    instance = one(made.of("rds/clusterInstance:ClusterInstance"), active)
    assert instance.urn in reader.dependencies


def test_a_change_of_roles_keeps_every_resource_that_holds_data() -> None:
    def kept(made: Recording) -> dict[str, Any]:
        types = ("Cluster", "ClusterInstance", "GlobalCluster", "Table", "TableReplica", "BucketV2", "Key")
        chosen = [r for r in made.aws if r.type.rsplit(":", 1)[1] in types]
        # drctl's host and its files move: they stand in what is the standby Region.
        return {
            r.urn: {k: v for k, v in r.inputs.items() if k not in ("tags", *r.ignore_changes)}
            for r in chosen
            if not r.name.startswith("payments-ops-")
        }

    assert kept(recording("payments", "home")) == kept(recording("payments", "away"))


def test_what_a_failover_changes_on_a_cluster_is_left_alone() -> None:
    for cluster in recording("payments").of("rds/cluster:Cluster"):
        moved = {
            "globalClusterIdentifier",
            "replicationSourceIdentifier",
            "sourceRegion",
            "vpcSecurityGroupIds",
        }
        assert moved <= set(cluster.ignore_changes)


@both_roles
def test_the_table_is_global_and_recovers_to_any_point_in_time(side: str) -> None:
    made = recording("payments", side)
    table = one(made.of("dynamodb/table:Table"), HOME)
    replica = one(made.of("dynamodb/tableReplica:TableReplica"), AWAY)
    assert table.inputs["pointInTimeRecovery"] == {"enabled": True}
    assert replica.inputs["pointInTimeRecovery"] is True
    # Two-way replication reads the stream.
    assert table.inputs["streamViewType"] == "NEW_AND_OLD_IMAGES"
    assert table.inputs["serverSideEncryption"]["kmsKeyArn"].split(":")[3] == HOME
    assert replica.inputs["kmsKeyArn"].split(":")[3] == AWAY


def test_the_tables_replication_may_use_both_keys_and_nobody_else_may() -> None:
    for key in recording("payments").of("kms/key:Key"):
        statements = json.loads(key.inputs["policy"])["Statement"]
        (shared,) = [s for s in statements if s["Principal"] == {"AWS": "*"}]
        conditions = shared["Condition"]
        assert "/replication.dynamodb.amazonaws.com/" in conditions["ArnLike"]["aws:PrincipalArn"]
        assert conditions["StringEquals"] == {
            "kms:CallerAccount": "123456789012",
            "kms:ViaService": f"dynamodb.{key.region}.amazonaws.com",
        }


def test_both_regions_validate_payments_with_the_same_artefact() -> None:
    functions = [
        f for f in recording("payments").of("lambda/function:Function") if "payment-validation" in f.name
    ]
    assert in_regions(functions) == [HOME, AWAY]
    same = ("code", "handler", "runtime", "architectures", "memorySize", "timeout")
    first, second = ({k: f.inputs[k] for k in same} for f in functions)
    assert first == second
    assert functions[0].inputs["environment"]["variables"].keys() == {"TABLE", "RECEIPTS", "AUDIT"}


@pytest.mark.parametrize("thing", ["audit", "receipts"])
def test_audit_log_and_receipts_are_versioned_and_replicated_both_ways(thing: str) -> None:
    made = recording("payments")
    buckets = {r.region: r for r in made.of("s3/bucketV2:BucketV2") if thing in r.name}
    assert sorted(buckets) == [HOME, AWAY]
    versioned = [r for r in made.of("s3/bucketVersioningV2:BucketVersioningV2") if thing in r.name]
    assert [v.inputs["versioningConfiguration"]["status"] for v in versioned] == ["Enabled"] * 2
    kind = "s3/bucketReplicationConfig:BucketReplicationConfig"
    replicated = {r.region: r.inputs["rules"][0] for r in made.of(kind) if thing in r.name}
    for here, there in ((HOME, AWAY), (AWAY, HOME)):
        target = replicated[here]["destination"]
        assert target["bucket"].endswith(buckets[there].inputs["bucket"])
        assert target["encryptionConfiguration"]["replicaKmsKeyId"].split(":")[3] == there


@both_roles
def test_route_53_fails_over_by_health_checks_of_both_regions(side: str) -> None:
    made = recording("payments", side)
    active, standby = (HOME, AWAY) if side == "home" else (AWAY, HOME)
    checks = made.of("route53/healthCheck:HealthCheck")
    endpoints = {c.region: c for c in checks if c.inputs["type"] == "HTTPS"}
    assert sorted(endpoints) == [HOME, AWAY]
    assert all(c.inputs["resourcePath"] == "/health" for c in endpoints.values())
    (combined,) = [c for c in checks if c.inputs["type"] == "CALCULATED"]
    assert combined.inputs["childHealthThreshold"] == len(combined.inputs["childHealthchecks"]) == 2
    records = {
        r.inputs["failoverRoutingPolicies"][0]["type"]: r.inputs
        for r in made.of("route53/record:Record")
        if r.inputs.get("failoverRoutingPolicies") and r.inputs["type"] == "A"
    }
    assert active in records["PRIMARY"]["aliases"][0]["name"]
    assert standby in records["SECONDARY"]["aliases"][0]["name"]
    assert records["PRIMARY"]["healthCheckId"] == identity(combined)
    assert records["SECONDARY"]["healthCheckId"] == identity(endpoints[standby])


@both_roles
def test_both_regions_have_a_dashboard_with_replication_lag(side: str) -> None:
    boards = recording("payments", side).of("cloudwatch/dashboard:Dashboard")
    assert in_regions(boards) == [HOME, AWAY]
    for board in boards:
        widgets = json.loads(board.inputs["dashboardBody"])["widgets"]
        lines = [line for w in widgets for line in w["properties"].get("metrics", [])]
        lags = {(line[1], line[-1]["region"]) for line in lines if "Lag" in line[1] or "Latency" in line[1]}
        for metric in ("AuroraGlobalDBReplicationLag", "ReplicationLatency"):
            assert {(metric, HOME), (metric, AWAY)} <= lags


@both_roles
def test_lag_over_a_second_is_told_where_it_is_measured(side: str) -> None:
    made = recording("payments", side)
    standby = AWAY if side == "home" else HOME
    for region in (HOME, AWAY):
        lag = {"name": f"payments-database-lag-{region}-dev"}
        alarm = one(made.of("cloudwatch/metricAlarm:MetricAlarm"), region, **lag).inputs
        assert (alarm["threshold"], alarm["comparisonOperator"]) == (1000, "GreaterThanThreshold")
        # Whatever dimensions Aurora publishes it with besides the cluster.
        (query,) = alarm["metricQueries"]
        assert query["expression"] == (
            'SELECT AVG(AuroraGlobalDBReplicationLag) FROM "AWS/RDS" '
            f"WHERE DBClusterIdentifier = 'payments-database-{region}-dev'"
        )
        assert (query["period"], query["returnData"]) == (60, True)
        assert not {"metricName", "namespace", "dimensions", "statistic", "period"} & alarm.keys()
        (topic,) = alarm["alarmActions"]
        assert topic.startswith(f"arn:aws:sns:{region}:")
        # Only who receives has samples: silence there means that nothing comes.
        assert alarm["treatMissingData"] == ("breaching" if region == standby else "notBreaching")


def test_a_regions_records_are_read_from_the_other_by_one_role_alone() -> None:
    made = recording("payments")
    for here, there in ((HOME, AWAY), (AWAY, HOME)):
        readers = [r for r in made.of("iam/role:Role") if "records-reader" in r.name]
        role = one(readers, there)
        (trusted,) = json.loads(role.inputs["assumeRolePolicy"])["Statement"]
        assert trusted["Principal"]["AWS"].endswith(f"role/payments-receipt-reconciliation-{here}-dev")
        policies = made.of("iam/rolePolicy:RolePolicy")
        own = [p for p in policies if p.region == here and "receipt-reconciliation" in p.name]
        statements = [s for p in own for s in json.loads(p.inputs["policy"])["Statement"]]
        assumed = [s["Resource"] for s in statements if s["Action"] == ["sts:AssumeRole"]]
        assert assumed == [[f"arn:aws:iam::123456789012:role/payments-records-reader-{there}-dev"]]
        reads = json.loads(one(policies, there, role=f"{role.inputs['name']}-id").inputs["policy"])
        assert {a for s in reads["Statement"] for a in s["Action"]} == {
            "kms:Decrypt",
            "s3:GetObject",
            "s3:ListBucket",
        }
        assert all(there in r for s in reads["Statement"] for r in s["Resource"])


def test_both_regions_serve_the_same_domain_name() -> None:
    made = recording("payments")
    names = made.of("apigatewayv2/domainName:DomainName")
    assert in_regions(names) == [HOME, AWAY]
    assert {n.inputs["domainName"] for n in names} == {"payments.dev.example.com"}
    for name in names:
        configuration = name.inputs["domainNameConfiguration"]
        assert configuration["certificateArn"].split(":")[3] == name.region
        assert configuration["securityPolicy"] == "TLS_1_2"
    assert in_regions(made.of("apigatewayv2/apiMapping:ApiMapping")) == [HOME, AWAY]
    for route in made.of("apigatewayv2/route:Route"):
        open_to_all = route.inputs["routeKey"] == "GET /health"
        assert route.inputs["authorizationType"] == ("NONE" if open_to_all else "JWT")


@both_roles
def test_the_networks_have_three_zones_peering_endpoints_and_one_nat_gateway(side: str) -> None:
    made = recording("payments", side)
    for region in (HOME, AWAY):
        private = [r for r in made.of("ec2/subnet:Subnet") if r.region == region and "private" in r.name]
        assert len({s.inputs["availabilityZone"] for s in private}) == 3
        endpoints = [r for r in made.of("ec2/vpcEndpoint:VpcEndpoint") if r.region == region]
        assert {e.inputs["serviceName"].rsplit(".", 1)[1] for e in endpoints} == {"s3", "dynamodb"}
    assert len(made.of("ec2/vpcPeeringConnection:VpcPeeringConnection")) == 1
    assert len(made.of("ec2/natGateway:NatGateway")) == 1
