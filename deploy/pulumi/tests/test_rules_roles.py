"""A change of roles: what `activeRegion` moves, and what it must leave alone."""

import pytest

from harness.recording import Recording
from harness.systems import ROLES, SYSTEMS, recording, region

# What holds data, or is hard to make again: the same resources whoever is active.
LASTING = (
    "rds/instance:Instance",
    "rds/cluster:Cluster",
    "rds/clusterInstance:ClusterInstance",
    "rds/globalCluster:GlobalCluster",
    "rds/subnetGroup:SubnetGroup",
    "dynamodb/table:Table",
    "s3/bucketV2:BucketV2",
    "kms/key:Key",
    "backup/vault:Vault",
    "ec2/vpc:Vpc",
    "sns/topic:Topic",
    "route53/zone:Zone",
    "ec2/vpcPeeringConnection:VpcPeeringConnection",
)
# What a failover changes on a resource, and the program must therefore not set back.
CHANGED = {
    "aws:rds/instance:Instance": {"replicateSourceDb", "vpcSecurityGroupIds", "backupRetentionPeriod"},
    "aws:rds/cluster:Cluster": {
        "globalClusterIdentifier",
        "replicationSourceIdentifier",
        "vpcSecurityGroupIds",
    },
}


def lasting(made: Recording) -> dict[str, str]:
    return {r.urn: r.provider for r in made.of(*LASTING)}


@pytest.mark.parametrize("system", SYSTEMS)
def test_what_lasts_is_the_same_in_both_roles_and_stays_where_it_is(system: str) -> None:
    home, away = recording(system, "home"), recording(system, "away")
    # A bucket for the host's files stands where the host stands: it holds nothing that is not made anew.
    moving = {u for u in lasting(home).keys() ^ lasting(away).keys() if "-ops-" in u}
    assert (lasting(home).keys() ^ lasting(away).keys()) - moving == set()
    for urn in lasting(home).keys() & lasting(away).keys():
        assert lasting(home)[urn] == lasting(away)[urn]


@pytest.mark.parametrize(("system", "side"), ROLES)
def test_what_a_failover_changes_is_ignored(system: str, side: str) -> None:
    for resource in recording(system, side).of(*CHANGED):
        assert CHANGED[resource.type] <= set(resource.ignore_changes), resource


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_change_of_roles_replaces_nothing_that_lasts(system: str) -> None:
    """Inputs that would make AWS build a resource anew must be the same, or ignored."""
    fixed = {
        "identifier",
        "clusterIdentifier",
        "kmsKeyId",
        "storageEncrypted",
        "dbSubnetGroupName",
        "bucket",
        "name",
    }
    away = {r.urn: r for r in recording(system, "away").aws}
    for before in recording(system, "home").of(*LASTING):
        after = away.get(before.urn)
        for key in fixed & before.inputs.keys() - set(before.ignore_changes):
            if after is not None:
                assert after.inputs.get(key) == before.inputs[key], f"{before}.{key}"


@pytest.mark.parametrize(("system", "side"), ROLES)
def test_the_clients_name_leads_to_the_active_region(system: str, side: str) -> None:
    made = recording(system, side)
    active = region(system, side)
    records = [r for r in made.of("route53/record:Record") if r.inputs.get("failoverRoutingPolicies")]
    assert records
    for record in records:
        (policy,) = record.inputs["failoverRoutingPolicies"]
        if policy["type"] == "PRIMARY":
            assert active in str(record.inputs.get("records") or record.inputs["aliases"]), record
            assert record.inputs.get("healthCheckId"), record
