"""An Aurora global database, protected. Managed failover: it keeps the global cluster together, so that the
old Region joins again by itself, and this program has nothing to repair."""

import pulumi

from .components.global_database import GlobalDatabase, GlobalDatabaseSettings
from .components.lag_alarms import DATABASE_LIMIT_MS
from .components.operations import WatchedDatabase
from .components.reachability import NAMESPACE
from .ground import Ground
from .permissions import Words
from .protection import Guard, Protected, Side, guard, networks, words
from .regions import RegionContext


def protected_global_database(
    ground: Ground, name: str, settings: GlobalDatabaseSettings
) -> Protected[GlobalDatabase]:
    """A cluster in each Region. `name` is the workload's."""
    regions, around = ground.regions, networks(ground)
    database = GlobalDatabase(regions, settings, around, ground.keys)
    guarded = guard(ground, name, around, {r.code: _side(r, database) for r in regions.both})
    return Protected(
        guarded,
        database,
        settings.database,
        {"type": "aurora-global", "global_cluster": database.identifier, "method": "managed-failover"},
        _words(guarded, database),
        [_watched(here, there, database) for here, there in regions.pairs],
    )


def _side(region: RegionContext, database: GlobalDatabase) -> Side:
    """A standby's cluster answers on its reader endpoint alone."""
    cluster = database.clusters[region.code]
    endpoint = pulumi.Output.format("{0}:{1}", cluster.endpoint, cluster.port.apply(int))
    answering = cluster.endpoint if region.is_active else cluster.reader_endpoint
    return Side(cluster.cluster_identifier, endpoint, cluster.endpoint, answering)


def _words(guarded: Guard, database: GlobalDatabase) -> Words:
    """It promotes no instance and detaches no cluster; its fence restarts those of the writer's cluster."""
    regions = guarded.ground.regions
    active, standby = regions.active.code, regions.standby.code
    return {
        **words(guarded),
        "PRIMARY_MEMBER": [i.identifier for i in database.instances[active]],
        "PRIMARY_CLUSTER": [database.clusters[active].cluster_identifier],
        "STANDBY_CLUSTER": [database.clusters[standby].cluster_identifier],
        "GLOBAL_CLUSTER": [database.identifier],
    }


def _watched(region: RegionContext, source: RegionContext, database: GlobalDatabase) -> WatchedDatabase:
    identifier = database.clusters[region.code].cluster_identifier
    limit = None if region.is_active else DATABASE_LIMIT_MS / 1000
    return WatchedDatabase(region.code, identifier, NAMESPACE, limit, cluster=True, source=source.code)
