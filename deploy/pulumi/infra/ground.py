"""What every system stands on, in each of its Regions: a key, a topic, a network, and the way between the two
networks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .components.keys import Key
from .components.network import Network, ranges
from .components.notifications import Topic
from .components.peering import Peering
from .reader import Reader
from .regions import Regions
from .settings import Settings

# Whom every system's key serves: alarms that speak through the topic, RDS's events, logs.
SERVICES = ("cloudwatch", "events.rds", "logs")


@dataclass(frozen=True)
class GroundSettings:
    """What the config says of it: the networks' ranges (home, away), and whom the topics tell."""

    cidrs: tuple[str, str]
    emails: tuple[str, ...]

    @classmethod
    def read(cls, reader: Reader) -> "GroundSettings":
        """The keys that every stack has."""
        emails = reader.texts("emails", r"[^@\s,]+@[^@\s,]+", "an address to tell")
        return cls(ranges(reader), emails)


@dataclass(frozen=True)
class Ground:
    """By the Region's code. The networks are peered; the standby's has a way out."""

    regions: Regions
    keys: Mapping[str, Key]
    networks: Mapping[str, Network]
    topics: Mapping[str, Topic]


def lay(
    settings: Settings,
    asked: GroundSettings,
    *,
    services: tuple[str, ...] = (),
    zones: int = 2,
    outbound: Literal["standby", "both"] = "standby",
) -> Ground:
    """`services` use the keys besides. `outbound`: drctl's host, in the standby Region, needs a way out, and
    whatever runs in both Regions needs one in both."""
    regions = Regions.of(settings)
    both = regions.both
    # One key a Region: for the database, its snapshots, its notices, its files and its logs.
    keys = {r.code: Key(r, "data", tuple(sorted({*SERVICES, *services}))) for r in both}
    topics = {r.code: Topic(r, keys[r.code], asked.emails) for r in both}
    networks = {
        r.code: Network(r, cidr, zones=zones, outbound=outbound == "both" or r is regions.standby)
        for r, cidr in zip(both, asked.cidrs, strict=True)
    }
    Peering(networks[regions.home.code], networks[regions.away.code])
    return Ground(regions, keys, networks, topics)
