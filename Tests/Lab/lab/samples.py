"""Writes the AWS metrics of the simulated world, once a lab minute."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .cloudwatch import store
from .cloudwatch.metrics import hidden
from .databases import Cluster, Instance
from .liveness import current_lag, is_secondary

if TYPE_CHECKING:
    from .world import World

# Storage lag of a global database is a little below its RPO lag.
REPLICATION_SHARE = 0.8


def write_samples(world: World) -> None:
    """All samples carry the start of the current lab minute as their time."""
    period = world.settings.metric_period_seconds
    time = world.wall() // period * period
    for instance in world.instances.values():
        instance_samples(world, instance, time)
    for cluster in world.clusters.values():
        if is_secondary(world, cluster):
            cluster_samples(world, cluster, time)
    for check in world.checks.values():
        dimensions = [("HealthCheckId", check.id)]
        healthy = 1.0 if check.healthy else 0.0
        put(world, "us-east-1", "AWS/Route53", "HealthCheckStatus", dimensions, time, healthy)
        put(
            world,
            "us-east-1",
            "AWS/Route53",
            "HealthCheckPercentageHealthy",
            dimensions,
            time,
            100.0 * check.share,
        )


def instance_samples(world: World, instance: Instance, time: float) -> None:
    dimensions = [("DBInstanceIdentifier", instance.identifier)]
    if instance.alive:
        put(
            world,
            instance.region,
            "AWS/RDS",
            "DatabaseConnections",
            dimensions,
            time,
            connections(world, instance),
        )
    if instance.source and not instance.source_gone:
        instance.last_lag = current_lag(world, instance)
        if instance.last_lag is not None:
            put(world, instance.region, "AWS/RDS", "ReplicaLag", dimensions, time, instance.last_lag)


def cluster_samples(world: World, cluster: Cluster, time: float) -> None:
    cluster.last_lag = current_lag(world, cluster)
    if cluster.last_lag is None:
        return
    lag = cluster.last_lag * 1000 if cluster.last_lag >= 0 else -1.0
    dimensions = [("DBClusterIdentifier", cluster.identifier)]
    put(world, cluster.region, "AWS/RDS", "AuroraGlobalDBRPOLag", dimensions, time, lag)
    share = lag * REPLICATION_SHARE if lag >= 0 else lag
    put(world, cluster.region, "AWS/RDS", "AuroraGlobalDBReplicationLag", dimensions, time, share)


def connections(world: World, instance: Instance) -> float:
    """Sockets that are really open, and the background clients of a writer that new ones can reach."""
    if instance.connections is not None:
        return float(instance.connections)
    endpoint = instance.endpoint
    cluster = world.cluster_of(instance)
    real = len(endpoint.connections) + (len(cluster.endpoint.connections) if cluster else 0)
    background = world.settings.background_connections if world.role(instance) == "writer" else 0
    return float(real + (background if not instance.fenced else 0))


def put(
    world: World,
    region: str,
    namespace: str,
    metric: str,
    dimensions: list[tuple[str, str]],
    time: float,
    value: float,
) -> None:
    key = store.series(region, namespace, metric, dimensions)
    # While CloudWatch is blind, the samples are lost for good; nothing is filled in later.
    if not hidden(world, key):
        world.metrics.put(key, store.single(time, value))
