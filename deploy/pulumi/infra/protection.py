"""What stands around a database that drctl can move, whatever its kind: networks, a health check on each
side, and the clients' name with its levers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from .components.database_network import DatabaseNetwork
from .components.failover_dns import FailoverDns, Name
from .components.operations import WatchedDatabase
from .components.private_zone import PrivateZone
from .components.reachability import Probed, Reachability
from .controller import Kind, Text
from .ground import Ground
from .permissions import Words

Made = TypeVar("Made")


@dataclass(frozen=True)
class Side:
    """A database in one Region. `host` is where clients would write, `answering` what answers there already:
    not the same where a standby only has readers."""

    identifier: Text
    endpoint: Text
    host: Text
    answering: Text


@dataclass(frozen=True)
class Guard:
    """By the Region's code. `name` is the workload's."""

    name: str
    ground: Ground
    networks: Mapping[str, DatabaseNetwork]
    sides: Mapping[str, Side]
    health_checks: Mapping[str, Text]
    dns: FailoverDns
    zone_id: Text


@dataclass(frozen=True)
class Protected(Generic[Made]):
    """What drctl is told of: the database, what kind it is, what drctl may do to it, and what the watchers
    look at. `database_name` is PostgreSQL's."""

    guard: Guard
    database: Made
    database_name: str
    kind: Kind
    words: Words
    watched: Sequence[WatchedDatabase]

    @property
    def dns(self) -> FailoverDns:
        """The clients' name, and its levers."""
        return self.guard.dns


def networks(ground: Ground) -> dict[str, DatabaseNetwork]:
    """Where the database is put in each Region; clients in both networks reach it."""
    return {
        here.code: DatabaseNetwork(ground.networks[here.code], ground.networks[there.code])
        for here, there in ground.regions.pairs
    }


def guard(
    ground: Ground, name: str, around: Mapping[str, DatabaseNetwork], sides: Mapping[str, Side]
) -> Guard:
    """A health check on each side, which Route 53 can ask although the database is private, and the clients'
    name in a zone that only the two networks see."""
    regions = ground.regions
    checks = {}
    for region in regions.both:
        code, side = region.code, sides[region.code]
        network, key, topic = ground.networks[code], ground.keys[code], ground.topics[code].arn
        reached = Reachability(region, Probed(side.identifier, side.answering), network, key, topic)
        checks[code] = reached.health_check_id
    suffix = regions.home.settings.environment_suffix
    home, away = (ground.networks[r.code] for r in regions.both)
    zone = PrivateZone(regions, f"{suffix}.{name}.internal", home, away)
    hosts = {code: side.host for code, side in sides.items()}
    dns = FailoverDns(regions, name, Name(zone.id, f"db.{zone.name}"), hosts)
    return Guard(name, ground, around, sides, checks, dns, zone.id)


def words(guarded: Guard) -> Words:
    """The resources of every protected database as docs/iam-policy.json names them. None has a table, or
    groups whose rules are revoked; its lever changes no record."""
    regions, topics = guarded.ground.regions, guarded.ground.topics
    active, standby = regions.active, regions.standby
    return {
        "ACCOUNT": [active.account],
        "PRIMARY_REGION": [active.code],
        "STANDBY_REGION": [standby.code],
        "HEALTH_CHECK": [guarded.health_checks[active.code]],
        "LEVER_HEALTH_CHECK": [guarded.dns.levers[active.code].id],
        "ZONE": [guarded.zone_id],
        "TOPIC": [topics[r.code].name for r in regions.both],
        # The webhook is subscribed to the same topics: operations.py.
        "ALARM_TOPIC": [topics[r.code].name for r in regions.both],
    }
