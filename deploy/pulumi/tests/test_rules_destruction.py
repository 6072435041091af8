"""What can be taken down, and what production keeps."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from harness.recording import Registered
from harness.systems import ROLES, production, recording
from infra.components.database_care import final_snapshot

every_system = pytest.mark.parametrize(("system", "side"), ROLES)

# Switches that stop destruction, with what they are when nothing stops it.
STOPS = {
    "deletionProtection": False,
    "deletionProtectionEnabled": False,
    "enableDeletionProtection": False,
    "disableApiTermination": False,
    "skipFinalSnapshot": True,
    "finalSnapshot": False,
    "forceDestroy": True,
    "forceDelete": True,
    "deleteAutomatedBackups": True,
    "enforceConsumerDeletion": True,
    "skipDestroy": False,
    "retainOnDelete": False,
}
# Types that must say it, because AWS's default would stop them or lose data.
MUST_SAY = {
    "aws:rds/instance:Instance": ("deletionProtection", "skipFinalSnapshot", "deleteAutomatedBackups"),
    "aws:rds/cluster:Cluster": ("deletionProtection", "skipFinalSnapshot"),
    "aws:s3/bucketV2:BucketV2": ("forceDestroy",),
    "aws:backup/vault:Vault": ("forceDestroy",),
    "aws:route53/zone:Zone": ("forceDestroy",),
    "aws:lb/loadBalancer:LoadBalancer": ("enableDeletionProtection",),
    # One that still runs tasks, or that somebody reads by enhanced fan-out, is refused.
    "aws:ecs/service:Service": ("forceDelete",),
    "aws:kinesis/stream:Stream": ("enforceConsumerDeletion",),
}
# What moves with drctl's host at a change of roles holds nothing that the program does not write itself.
# Protected, it would stop that change. The journal's volume leaves a snapshot.
MOVES = {
    "aws:s3/bucketV2:BucketV2": ("-ops-", "forceDestroy"),
    "aws:lb/loadBalancer:LoadBalancer": ("-hooks-", "enableDeletionProtection"),
}
DATA = (
    "aws:rds/instance:Instance",
    "aws:rds/cluster:Cluster",
    "aws:s3/bucketV2:BucketV2",
    "aws:backup/vault:Vault",
)


@every_system
def test_nothing_stops_destruction(system: str, side: str) -> None:
    made = recording(system, side)
    assert not [str(r) for r in made.resources if r.protect or r.retain]
    for resource in made.aws:
        for switch, open_ in STOPS.items():
            if switch in resource.inputs:
                assert resource.inputs[switch] is open_, f"{resource}: {switch}"
        for switch in musts(resource):
            assert switch in resource.inputs, f"{resource} does not say {switch}"


@every_system
def test_production_keeps_what_holds_data(system: str, side: str) -> None:
    made = production(system, side)
    for resource in made.aws:
        for switch, open_ in STOPS.items():
            if switch in resource.inputs and not moves(resource, switch) and not spared(resource, switch):
                assert resource.inputs[switch] is not open_, f"{resource}: {switch}"
    for resource in made.of(*DATA):
        assert resource.protect is not moves(resource, "forceDestroy"), f"{resource} is not protected"


def spared(resource: Registered, switch: str) -> bool:
    """A replica has no final snapshot: see below."""
    return switch == "skipFinalSnapshot" and is_replica(resource)


def is_replica(resource: Registered) -> bool:
    """An instance that replicates another one."""
    return "replicateSourceDb" in resource.inputs


@every_system
def test_a_replica_is_deleted_without_a_final_snapshot(system: str, side: str) -> None:
    """RDS refuses the deletion otherwise. Aurora's secondary leaves its global cluster first."""
    replicas = [r for r in production(system, side).of("rds/instance:Instance") if is_replica(r)]
    assert len(replicas) == (0 if system == "payments" else 1)
    assert all(r.inputs["skipFinalSnapshot"] is True for r in replicas)


@every_system
def test_a_final_snapshot_has_a_name_of_its_own_that_no_later_run_changes(system: str, side: str) -> None:
    for resource in production(system, side).of("rds/instance:Instance", "rds/cluster:Cluster"):
        identifier = resource.inputs.get("identifier") or resource.inputs["clusterIdentifier"]
        name = resource.inputs["finalSnapshotIdentifier"]
        assert re.fullmatch(rf"{identifier}-final-\d{{8}}-\d{{6}}", name), name
        assert "finalSnapshotIdentifier" in resource.ignore_changes, resource


def test_the_second_database_of_a_name_does_not_ask_for_the_first_ones_snapshot() -> None:
    at = datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC)
    assert final_snapshot("a-database", at) == "a-database-final-20260131-235959"
    assert final_snapshot("a-database", at) != final_snapshot("a-database", at + timedelta(seconds=1))


def test_a_caches_final_snapshot_has_a_name_of_its_own_for_each_stack() -> None:
    """Its group is made with the stack, and AWS names it anew each time."""
    caches = production("orders").of("elasticache/replicationGroup:ReplicationGroup")
    assert len(caches) == 2
    for cache in caches:
        (group,) = cache.inputs["securityGroupIds"]
        named = f"{cache.inputs['replicationGroupId']}-final-{group}"
        assert cache.inputs["finalSnapshotIdentifier"] == named
    for cache in recording("orders").of("elasticache/replicationGroup:ReplicationGroup"):
        assert "finalSnapshotIdentifier" not in cache.inputs, cache


def moves(resource: Registered, switch: str) -> bool:
    """Whether that switch stays open in production too."""
    part, its = MOVES.get(resource.type, ("", ""))
    return bool(part) and part in resource.name and its == switch


def musts(resource: Registered) -> tuple[str, ...]:
    """A cluster's instances have no snapshots of their own: those of the cluster count."""
    return MUST_SAY.get(resource.type, ())


@every_system
def test_backups_are_kept_for_seven_days_on_either_side(system: str, side: str) -> None:
    for resource in recording(system, side).of("rds/instance:Instance"):
        assert resource.inputs["backupRetentionPeriod"] >= 7, resource
    for plan in recording(system, side).of("backup/plan:Plan"):
        for rule in plan.inputs["rules"]:
            for copy in rule["copyActions"]:
                assert copy["lifecycle"]["deleteAfter"] >= 7, plan
