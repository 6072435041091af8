"""Detach, managed failover and switchover of an Aurora global database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import catalogue
from ..call import Call
from ..databases import Cluster, GlobalCluster, region_of
from ..errors import AWSError
from . import views
from .instances import set_status
from .lookup import bad_global, find_global, no_cluster

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]
# The share of a failover's time that passes in the state `pending`.
PENDING_SHARE = 0.3


def detach(world: World, call: Call, params: Item) -> Item:
    """RemoveFromGlobalCluster: asked of the member's own Region, by ARN."""
    group = find_global(world, params.get("GlobalClusterIdentifier"))
    cluster = member(world, call, group, params.get("DbClusterIdentifier"))
    if group.failover:
        raise bad_global(f"Global cluster {group.identifier} is in the middle of a failover")
    if cluster.busy:
        raise AWSError(
            "InvalidDBClusterStateFault", f"DBCluster {cluster.identifier} is {cluster.shown_status}"
        )
    if cluster.arn == group.writer and len(group.members) > 1:
        raise bad_global(f"{cluster.identifier} is the writer, and the global cluster still has secondaries")
    world.record_effect("detach", call, cluster.region, cluster.identifier, group=group.identifier)
    cluster.busy = True
    set_status(world, cluster, "promoting")

    def finish() -> None:
        group.members.remove(cluster.arn)
        if group.writer == cluster.arn:
            group.writer = None
        catalogue.forget_member(group.identifier, cluster.arn)
        cluster.global_id, cluster.is_writer, cluster.busy, cluster.disconnected_at = None, True, False, None
        set_status(world, cluster, "available")
        touch_members(world, group)

    world.timeline.after(world.settings.detach_seconds, finish)
    return {"GlobalCluster": views.global_view(world, group)}


def failover(world: World, call: Call, params: Item) -> Item:
    if params.get("AllowDataLoss") and params.get("Switchover"):
        raise AWSError("InvalidParameterCombination", "AllowDataLoss and Switchover exclude each other")
    if not params.get("AllowDataLoss"):
        return switchover(world, call, params)
    group = find_global(world, params.get("GlobalClusterIdentifier"))
    target = member(world, call, group, params.get("TargetDbClusterIdentifier"))
    return begin(world, call, group, target, "failover")


def switchover(world: World, call: Call, params: Item) -> Item:
    """Asked of the current primary's Region, which must be well."""
    group = find_global(world, params.get("GlobalClusterIdentifier"))
    if group.writer is None or region_of(group.writer) != call.region:
        raise bad_global("A switchover must be requested in the Region of the current primary cluster")
    target = member(world, call, group, params.get("TargetDbClusterIdentifier"), anywhere=True)
    if not target.alive or target.disconnected_at is not None:
        raise bad_global(f"{target.identifier} is not in step with the primary")
    return begin(world, call, group, target, "switchover")


def begin(world: World, call: Call, group: GlobalCluster, target: Cluster, kind: str) -> Item:
    if group.status != "available" or group.failover:
        raise bad_global(f"Global cluster {group.identifier} is {group.status}, not available")
    if target.arn == group.writer:
        raise bad_global(f"{target.identifier} is already the primary cluster")
    if target.busy or target.shown_status != "available":
        raise AWSError(
            "InvalidDBClusterStateFault", f"DBCluster {target.identifier} is {target.shown_status}"
        )
    world.record_effect(kind, call, target.region, target.identifier, group=group.identifier)
    running = "failing-over" if kind == "failover" else "switching-over"
    group.status = running
    group.failover = {
        "Status": "pending",
        "FromDbClusterArn": group.writer,
        "ToDbClusterArn": target.arn,
        "IsDataLossAllowed": kind == "failover",
    }
    target.busy = True
    world.touch(group)
    reply = {"GlobalCluster": views.global_view(world, group)}

    def run() -> None:
        group.failover = {**(group.failover or {}), "Status": running}
        set_status(world, target, "promoting")
        world.touch(group)

    seconds = world.settings.failover_seconds
    world.timeline.after(seconds * PENDING_SHARE, run)
    world.timeline.after(seconds, lambda: finish(world, group, target, kind))
    return reply


def finish(world: World, group: GlobalCluster, target: Cluster, kind: str) -> None:
    """Roles swap, unless a switchover lost its primary on the way: then nothing changes."""
    old = world.cluster_by_arn(group.writer) if group.writer else None
    group.status, group.failover = "available", None
    target.busy = False
    if kind == "failover" or (old is not None and old.alive and target.disconnected_at is None):
        group.writer = target.arn
        target.is_writer, target.disconnected_at = True, None
        if old is not None:
            old.is_writer = False
            # A dead old primary stays `pending-resync` until its Region returns.
            old.disconnected_at = None if old.alive else world.now
        world.effects.append(
            {
                "kind": f"{kind}_finished",
                "time": round(world.now, 4),
                "wall": world.wall(),
                "call": None,
                "region": target.region,
                "identifier": target.identifier,
            }
        )
    set_status(world, target, "available")
    touch_members(world, group)


def touch_members(world: World, group: GlobalCluster) -> None:
    world.touch(group, *(world.cluster_by_arn(arn) for arn in group.members))


def member(
    world: World, call: Call, group: GlobalCluster, identifier: str | None, anywhere: bool = False
) -> Cluster:
    """The member cluster that an ARN (or, in its own Region, a name) means."""
    if not identifier:
        raise AWSError("MissingParameter", "The request must name a DB cluster")
    arn = identifier if identifier.startswith("arn:") else catalogue.arn("cluster", call.region, identifier)
    cluster = world.cluster_by_arn(arn)
    if cluster is None or (not anywhere and cluster.region != call.region):
        raise no_cluster(identifier)
    if arn not in group.members:
        raise no_cluster(identifier)
    return cluster
