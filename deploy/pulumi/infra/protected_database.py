"""A replicated database with all that drctl needs to watch and move it: what several systems have alike."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from .components.alarms import REPLICA_LAG, DatabaseAlarms, database_thresholds
from .components.database_network import DatabaseNetwork
from .components.failover_dns import FailoverDns, Name
from .components.keys import Key
from .components.network import Network
from .components.notifications import Topic
from .components.operations import WatchedDatabase
from .components.private_zone import PrivateZone
from .components.reachability import NAMESPACE, Probed, Reachability
from .components.replicated_database import DatabaseSettings, ReplicatedDatabase
from .regions import Regions
from .workloads import Pieces


@dataclass(frozen=True)
class Ground:
    """What a system stands on in each Region, by the Region's code. The networks are peered."""

    regions: Regions
    keys: Mapping[str, Key]
    networks: Mapping[str, Network]
    topics: Mapping[str, Topic]


@dataclass(frozen=True)
class Protected:
    """What drctl is told of, the hosted zone of the clients' name, and what the watchers look at."""

    pieces: Pieces
    zone_id: pulumi.Output[str]
    watched: list[WatchedDatabase]


def protected_database(ground: Ground, name: str, settings: DatabaseSettings) -> Protected:
    """The writer and its replica in private subnets, their alarms, a health check on each, and the clients'
    name with its levers. `name` is the workload's."""
    regions, networks = ground.regions, ground.networks
    home, away = regions.home.code, regions.away.code
    around = {
        home: DatabaseNetwork(networks[home], networks[away]),
        away: DatabaseNetwork(networks[away], networks[home]),
    }
    database = ReplicatedDatabase(regions, settings, around, ground.keys)
    checks = {}
    for region in regions.both:
        code, instance, topic = region.code, database.instances[region.code], ground.topics[region.code].arn
        lag = [] if region.is_active else [REPLICA_LAG]
        DatabaseAlarms(region, instance, [*database_thresholds(settings), *lag], topic)
        probed = Probed(instance.identifier, instance.address)
        reached = Reachability(region, probed, networks[code], ground.keys[code], topic)
        checks[code] = reached.health_check_id
    suffix = regions.home.settings.environment_suffix
    zone = PrivateZone(regions, f"{suffix}.{name}.internal", networks[home], networks[away])
    hosts = {code: instance.address for code, instance in database.instances.items()}
    dns = FailoverDns(regions, name, Name(zone.id, f"db.{zone.name}"), hosts)
    watched = []
    for region in regions.both:
        identifier = database.instances[region.code].identifier
        limit = None if region.is_active else REPLICA_LAG.value
        watched.append(WatchedDatabase(region.code, identifier, NAMESPACE, limit))
    return Protected(Pieces(name, database, around, checks, dns, ground.topics), zone.id, watched)
