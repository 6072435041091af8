"""What is alive, reachable and replicating at this moment, from the faults and the statuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import catalogue
from .databases import Cluster, Database, Instance

if TYPE_CHECKING:
    from .world import World

# Statuses in which the engine does not run.
DOWN_STATUSES = {"stopped", "stopping", "starting", "rebooting", "creating", "deleting", "failed"}


def refresh(world: World) -> None:
    for cluster in world.clusters.values():
        refresh_one(world, cluster)
    for instance in world.instances.values():
        refresh_one(world, instance)
    for instance in world.instances.values():
        if instance.source:
            note_link(world, instance, instance_connected(world, instance))
    for cluster in world.clusters.values():
        group = world.global_of(cluster)
        if group is None or cluster.is_writer:
            cluster.disconnected_at = None
            continue
        note_link(world, cluster, cluster_connected(world, cluster))


def refresh_one(world: World, database: Database) -> None:
    alive = is_alive(world, database)
    fenced = not catalogue.has_ingress(database.region, database.groups, database.endpoint.port)
    if isinstance(database, Instance) and database.cluster:
        cluster = world.cluster_of(database)
        fenced = cluster is not None and cluster.fenced
    died = database.alive and not alive
    changed = (alive, fenced) != (database.alive, database.fenced)
    database.alive, database.fenced = alive, fenced
    world.listeners.set_mode(database.endpoint, endpoint_mode(world, database))
    if died or world.faults.active("isolate"):
        world.listeners.cut(database.endpoint)
    if changed:
        world.touch(database)


def is_alive(world: World, database: Database) -> bool:
    if world.faults.region_down(database.region):
        return False
    if world.faults.names("database_down", database.region, database.identifier):
        return False
    if isinstance(database, Instance) and database.cluster:
        cluster = world.cluster_of(database)
        if cluster is not None and not cluster.alive:
            return False
    return database.status not in DOWN_STATUSES


def reachable(world: World, database: Database) -> bool:
    """Whether a stranger can open a new connection. A secondary cluster's writer endpoint is inactive."""
    if not database.alive or database.fenced:
        return False
    if not isinstance(database, Cluster):
        return True
    members = world.members(database)
    return database.is_writer and (not members or any(member.alive for member in members))


def endpoint_mode(world: World, database: Database) -> str:
    """How new connections fare. The controller's own isolation looks like every endpoint being gone."""
    if world.faults.active("isolate"):
        return chosen_mode(world.faults.active("isolate")[0].spec, "refuse")
    if reachable(world, database):
        return "open"
    if database.alive and database.fenced:
        return world.settings.fence_mode
    fault = world.faults.region_down(database.region) or world.faults.names(
        "database_down", database.region, database.identifier
    )
    if fault:
        return chosen_mode(fault.spec, world.settings.down_mode)
    return "refuse"


def chosen_mode(spec: dict[str, Any], default: str) -> str:
    mode = str(spec.get("mode", default))
    return mode if mode in ("refuse", "blackhole", "drop") else default


def instance_connected(world: World, replica: Instance) -> bool:
    source = world.instance_by_arn(replica.source or "::::::")
    if source is None or replica.source_gone or not source.alive or not replica.alive:
        return False
    return not broken(world, replica) and not broken(world, source)


def cluster_connected(world: World, cluster: Cluster) -> bool:
    group = world.global_of(cluster)
    writer = world.cluster_by_arn(group.writer) if group and group.writer else None
    if writer is None or not writer.alive or not cluster.alive:
        return False
    return not broken(world, cluster) and not broken(world, writer)


def broken(world: World, database: Database) -> bool:
    return world.faults.names("replication_broken", database.region, database.identifier) is not None


def note_link(world: World, replica: Database, connected: bool) -> None:
    if connected == (replica.disconnected_at is None):
        return
    replica.disconnected_at = None if connected else world.now
    world.touch(replica)
    if isinstance(replica, Cluster):
        replica.connected = connected
        world.touch(world.global_of(replica))


def current_lag(world: World, replica: Database) -> float | None:
    """Seconds behind, None when nothing is published: a dead replica, or one told to be silent."""
    if not replica.alive or replica.lag.kind in ("missing", "stale"):
        return None
    settings = world.settings
    if replica.lag.kind == "fixed":
        return replica.lag.seconds
    if replica.lag.kind == "minus_one":
        return -1.0
    small = settings.base_lag_seconds + world.random.random() * settings.lag_jitter_seconds
    if replica.disconnected_at is not None:
        return world.now - replica.disconnected_at + small
    if replica.lag.kind == "sawtooth":
        period = settings.sawtooth_minutes * settings.metric_period_seconds
        return settings.sawtooth_peak_seconds * ((world.now % period) / period) + small
    return small


def is_secondary(world: World, cluster: Cluster) -> bool:
    return cluster.global_id is not None and not cluster.is_writer
