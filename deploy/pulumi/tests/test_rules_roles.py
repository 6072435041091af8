"""A change of roles: what `activeRegion` moves, and what it must leave alone."""

from collections.abc import Callable

import pytest

from harness.recording import Recording, Registered
from harness.systems import ROLES, SYSTEMS, production, recording, region

Made = Callable[[str, str], Recording]

# Each with and without what production protects: a change of roles is a matter of production above all.
every_degree_of_care = pytest.mark.parametrize("made", [recording, production], ids=["plain", "production"])

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


# What stops a deletion until somebody lifts it by hand. An instance's protection from termination is none of
# these: the provider lifts that one itself.
HOLDS = {
    "deletionProtection": True,
    "deletionProtectionEnabled": True,
    "enableDeletionProtection": True,
    "forceDestroy": False,
}


def lasting(made: Recording) -> dict[str, str]:
    return {r.urn: r.provider for r in made.of(*LASTING)}


def holds(resource: Registered) -> list[str]:
    """What would stop its deletion. Pulumi gives up the whole update before it deletes what it protects."""
    found = [k for k, held in HOLDS.items() if resource.inputs.get(k) is held]
    return [*found, "protect"] if resource.protect else found


@pytest.mark.parametrize(("system", "side"), ROLES)
def test_a_change_of_roles_deletes_nothing_that_production_holds_on_to(system: str, side: str) -> None:
    """Else `pulumi up` stops half-way. What it replaces, the writer that was left, drctl's handover
    releases."""
    after = "away" if side == "home" else "home"
    left = {r.urn for r in production(system, after).resources}
    gone = [r for r in production(system, side).aws if r.urn not in left]
    assert gone, "the host moves"
    assert not {str(r): holds(r) for r in gone if holds(r)}


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_journal_of_a_host_that_moves_is_kept_as_a_snapshot(system: str) -> None:
    (volume,) = production(system).of("ebs/volume:Volume")
    assert volume.inputs["finalSnapshot"] is True


@every_degree_of_care
@pytest.mark.parametrize("system", SYSTEMS)
def test_what_lasts_is_the_same_in_both_roles_and_stays_where_it_is(system: str, made: Made) -> None:
    home, away = made(system, "home"), made(system, "away")
    # A bucket for the host's files stands where the host stands: it holds nothing that is not made anew.
    moving = {u for u in lasting(home).keys() ^ lasting(away).keys() if "-ops-" in u}
    assert (lasting(home).keys() ^ lasting(away).keys()) - moving == set()
    for urn in lasting(home).keys() & lasting(away).keys():
        assert lasting(home)[urn] == lasting(away)[urn]


@pytest.mark.parametrize(("system", "side"), ROLES)
def test_what_a_failover_changes_is_ignored(system: str, side: str) -> None:
    for resource in recording(system, side).of(*CHANGED):
        assert CHANGED[resource.type] <= set(resource.ignore_changes), resource


@every_degree_of_care
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_change_of_roles_replaces_nothing_that_lasts(system: str, made: Made) -> None:
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
    away = {r.urn: r for r in made(system, "away").aws}
    for before in made(system, "home").of(*LASTING):
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
