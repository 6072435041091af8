"""What describe shows of a database: moto's fields with the lab's on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..databases import Cluster, Database, GlobalCluster, Instance, name_of, region_of

if TYPE_CHECKING:
    from ..world import World

KINDS = {"instance": Instance, "cluster": Cluster, "global": GlobalCluster}


def view(world: World, thing: Database | GlobalCluster) -> tuple[tuple[str, str, str], dict[str, Any]]:
    if isinstance(thing, Instance):
        return ("instance", *thing.key), instance_view(world, thing)
    if isinstance(thing, Cluster):
        return ("cluster", *thing.key), cluster_view(world, thing)
    assert isinstance(thing, GlobalCluster)
    return ("global", *thing.key), global_view(world, thing)


def instance_view(world: World, instance: Instance) -> dict[str, Any]:
    shown = dict(instance.base)
    shown.update(
        {
            "DBInstanceStatus": instance.shown_status,
            "DbiResourceId": instance.resource_id,
            "VpcSecurityGroups": groups_view(instance),
            "ReadReplicaDBInstanceIdentifiers": [short(arn, instance.region) for arn in instance.replicas],
        }
    )
    shown["Endpoint"] = {
        "Address": instance.endpoint.host,
        "Port": instance.endpoint.port,
        "HostedZoneId": "Z" + world.stable_id("zone", instance.region).upper(),
    }
    shown.pop("ReadReplicaSourceDBInstanceIdentifier", None)
    shown.pop("StatusInfos", None)
    if instance.source:
        shown["ReadReplicaSourceDBInstanceIdentifier"] = short(instance.source, instance.region)
        shown["StatusInfos"] = [status_info(instance)]
    if instance.status == "creating":
        shown.pop("Endpoint")
    return shown


def status_info(instance: Instance) -> dict[str, Any]:
    if instance.source_gone:
        return {
            "StatusType": "read replication",
            "Normal": False,
            "Status": "terminated",
            "Message": "The source of this replica was deleted.",
        }
    if instance.disconnected_at is not None:
        return {
            "StatusType": "read replication",
            "Normal": False,
            "Status": "error",
            "Message": "Streaming replication has stopped: the source cannot be reached.",
        }
    return {"StatusType": "read replication", "Normal": True, "Status": "replicating"}


def cluster_view(world: World, cluster: Cluster) -> dict[str, Any]:
    # The instances of a secondary cluster are readers, all of them.
    shown = dict(cluster.base)
    shown.update(
        {
            "Status": cluster.shown_status,
            "Endpoint": cluster.endpoint.host,
            "ReaderEndpoint": cluster.reader_endpoint,
            "Port": cluster.endpoint.port,
            "VpcSecurityGroups": groups_view(cluster),
            "DBClusterMembers": [
                {
                    "DBInstanceIdentifier": member.identifier,
                    "IsClusterWriter": member.is_cluster_writer and cluster.is_writer,
                    "DBClusterParameterGroupStatus": "in-sync",
                    "PromotionTier": 1,
                }
                for member in world.members(cluster)
            ],
        }
    )
    shown.pop("GlobalClusterIdentifier", None)
    shown.pop("GlobalWriteForwardingStatus", None)
    group = world.global_of(cluster)
    if group is not None:
        shown["GlobalClusterIdentifier"] = group.identifier
        if not cluster.is_writer:
            shown["GlobalWriteForwardingStatus"] = "disabled"
    return shown


def global_view(world: World, group: GlobalCluster) -> dict[str, Any]:
    shown = dict(group.base)
    readers = [arn for arn in group.members if arn != group.writer]
    members = []
    for arn in group.members:
        cluster = world.cluster_by_arn(arn)
        writer = arn == group.writer
        member: dict[str, Any] = {
            "DBClusterArn": arn,
            "IsWriter": writer,
            "Readers": readers if writer else [],
        }
        if not writer:
            member["GlobalWriteForwardingStatus"] = "disabled"
            linked = cluster is not None and cluster.disconnected_at is None
            member["SynchronizationStatus"] = "connected" if linked else "pending-resync"
        members.append(member)
    shown.update(
        {"Status": group.status, "GlobalClusterMembers": members, "FailoverState": group.failover or {}}
    )
    return shown


def groups_view(database: Database) -> list[dict[str, str]]:
    if database.pending_groups is None:
        return [{"VpcSecurityGroupId": g, "Status": "active"} for g in database.groups]
    wanted, had = database.pending_groups, database.groups
    kept = [{"VpcSecurityGroupId": g, "Status": "active" if g in had else "adding"} for g in wanted]
    return kept + [{"VpcSecurityGroupId": g, "Status": "removing"} for g in had if g not in wanted]


def short(arn: str, region: str) -> str:
    """RDS names a database of the same Region by its name and one elsewhere by its ARN."""
    return name_of(arn) if region_of(arn) == region else arn
