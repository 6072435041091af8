"""PromoteReadReplica, and what changes an instance in steps: modify, reboot, stop, start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import catalogue
from ..call import Call
from ..databases import Database, Instance
from ..errors import AWSError
from . import views
from .lookup import bad_state, find_instance

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]
# How a promotion's time is shared out between its statuses.
MODIFYING_SHARE, REBOOTING_SHARE = 0.4, 0.3


def promote(world: World, call: Call, params: Item) -> Item:
    replica = find_instance(world, call.region, params.get("DBInstanceIdentifier"))
    if not replica.source:
        raise bad_state(replica.identifier, "is not a read replica")
    if replica.cluster:
        raise bad_state(replica.identifier, "is a member of a cluster")
    if replica.shown_status != "available" or replica.busy:
        raise bad_state(replica.identifier, f"is not in the available state but {replica.shown_status}")
    world.record_effect("promotion", call, replica.region, replica.identifier, source=replica.source)
    replica.busy = True
    replica.status = "modifying"
    # Promotion turns backups on, for one day unless told otherwise.
    retention = int(params.get("BackupRetentionPeriod", 1))
    replica.base["BackupRetentionPeriod"] = retention
    world.touch(replica)
    whole = world.settings.promotion_seconds
    world.timeline.after(whole * MODIFYING_SHARE, lambda: set_status(world, replica, "rebooting"))
    world.timeline.after(
        whole * (MODIFYING_SHARE + REBOOTING_SHARE), lambda: leave_source(world, replica, retention)
    )
    world.timeline.after(whole, lambda: free(world, replica))
    return {"DBInstance": views.instance_view(world, replica)}


def leave_source(world: World, replica: Instance, retention: int) -> None:
    source = world.instance_by_arn(replica.source) if replica.source else None
    if source is not None and replica.arn in source.replicas:
        source.replicas.remove(replica.arn)
    replica.source = None
    replica.disconnected_at = None
    catalogue.forget_source(*replica.key, retention)
    if world.settings.promotion_backup:
        set_status(world, replica, "backing-up")
    else:
        free(world, replica)
    world.effects.append(
        {
            "kind": "promoted",
            "time": round(world.now, 4),
            "wall": world.wall(),
            "call": None,
            "region": replica.region,
            "identifier": replica.identifier,
        }
    )
    world.touch(source)


def free(world: World, database: Database) -> None:
    database.busy = False
    set_status(world, database, "available")


def set_status(world: World, database: Database, status: str) -> None:
    database.status = status
    world.touch(database)
    if isinstance(database, Instance):
        world.touch(world.cluster_of(database))


def change_groups(world: World, call: Call, database: Database, groups: list[str]) -> None:
    """The new security groups count after `modify_seconds`; until then the database is `modifying`."""
    if database.status != "available" or database.busy:
        raise AWSError(
            "InvalidDBInstanceState" if isinstance(database, Instance) else "InvalidDBClusterStateFault",
            f"{database.identifier} is {database.shown_status}, not available",
        )
    database.busy = True
    database.pending_groups = list(groups)
    set_status(world, database, "modifying")
    world.record_effect("security_groups", call, database.region, database.identifier, groups=list(groups))

    def apply() -> None:
        database.groups, database.pending_groups = list(groups), None
        free(world, database)

    world.timeline.after(world.settings.modify_seconds, apply)


def reboot(world: World, call: Call, params: Item) -> Item:
    instance = find_instance(world, call.region, params.get("DBInstanceIdentifier"))
    require_available(instance)
    passing(world, call, instance, "reboot", "rebooting", "available", world.settings.reboot_seconds)
    return {"DBInstance": views.instance_view(world, instance)}


def stop(world: World, call: Call, params: Item) -> Item:
    instance = find_instance(world, call.region, params.get("DBInstanceIdentifier"))
    require_available(instance)
    if instance.source or instance.replicas:
        raise bad_state(instance.identifier, "has or is a read replica and cannot be stopped")
    passing(world, call, instance, "stop", "stopping", "stopped", world.settings.modify_seconds)
    return {"DBInstance": views.instance_view(world, instance)}


def start(world: World, call: Call, params: Item) -> Item:
    instance = find_instance(world, call.region, params.get("DBInstanceIdentifier"))
    if instance.status != "stopped":
        raise bad_state(instance.identifier, "is not stopped")
    passing(world, call, instance, "start", "starting", "available", world.settings.modify_seconds)
    return {"DBInstance": views.instance_view(world, instance)}


def passing(
    world: World, call: Call, database: Database, effect: str, during: str, after: str, seconds: float
) -> None:
    world.record_effect(effect, call, database.region, database.identifier)
    set_status(world, database, during)
    world.timeline.after(seconds, lambda: set_status(world, database, after))


def require_available(instance: Instance) -> None:
    if instance.shown_status != "available":
        raise bad_state(instance.identifier, f"is not in the available state but {instance.shown_status}")
