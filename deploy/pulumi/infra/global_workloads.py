"""A global database as drctl's workload, as workloads.py does it for a read replica."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from .components.database_network import DatabaseNetwork
from .components.failover_dns import FailoverDns
from .components.global_database import GlobalDatabase
from .components.notifications import Topic
from .controller import Database, Policy, Site, Text, Workload
from .permissions import Words
from .regions import RegionContext, Regions
from .workloads import assembled, sql


@dataclass(frozen=True)
class GlobalPieces:
    """The parts of a system that drctl is told of, by the Region's code."""

    name: str
    database: GlobalDatabase
    around: Mapping[str, DatabaseNetwork]
    health_checks: Mapping[str, Text]
    dns: FailoverDns
    topics: Mapping[str, Topic]


def spanning(regions: Regions, pieces: GlobalPieces, policy: Policy, probe_user: str) -> Workload:
    """An Aurora global database. Managed failover: it keeps the global cluster together, so that the old
    Region joins again by itself, and this program has nothing to repair."""
    active, standby = regions.active, regions.standby

    def site(region: RegionContext) -> Site:
        cluster = pieces.database.clusters[region.code]
        endpoint = pulumi.Output.format("{0}:{1}", cluster.endpoint, cluster.port.apply(int))
        return {"identifier": cluster.cluster_identifier, "endpoint": endpoint}

    database: Database = {
        "type": "aurora-global",
        "global_cluster": pieces.database.identifier,
        "method": "managed-failover",
        "primary": site(active),
        "standby": site(standby),
        "health_check": pieces.health_checks[active.code],
        "fencing": {
            "method": "quarantine",
            "security_groups": [pieces.around[active.code].quarantine.id],
        },
    }
    if probe_user:
        database["sql"] = sql(pieces.database.settings.database, probe_user)
    return assembled(regions, pieces.name, database, policy, pieces.dns, pieces.topics)


def global_words(regions: Regions, pieces: GlobalPieces, zone: Text) -> Words:
    """The stack's resources as docs/iam-policy.json names them. It promotes no instance; its fence restarts
    those of the writer's cluster; its lever changes no record."""
    active, standby = regions.active, regions.standby
    database = pieces.database
    return {
        "ACCOUNT": [active.account],
        "PRIMARY_REGION": [active.code],
        "STANDBY_REGION": [standby.code],
        "PRIMARY_INSTANCE": [i.identifier for i in database.instances[active.code]],
        "PRIMARY_CLUSTER": [database.clusters[active.code].cluster_identifier],
        "STANDBY_CLUSTER": [database.clusters[standby.code].cluster_identifier],
        "GLOBAL_CLUSTER": [database.identifier],
        "HEALTH_CHECK": [pieces.health_checks[active.code]],
        "LEVER_HEALTH_CHECK": [pieces.dns.levers[active.code].id],
        "ZONE": [zone],
        "TOPIC": [pieces.topics[r.code].name for r in regions.both],
        # The webhook is subscribed to the same topics: operations.py.
        "ALARM_TOPIC": [pieces.topics[r.code].name for r in regions.both],
    }
