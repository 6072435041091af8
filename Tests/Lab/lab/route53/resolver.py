"""What DNS answers: the published records, with failover and weighted routing by health."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .zones import absolute

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]
# RDS's own names have a TTL of 5 seconds in AWS.
ENDPOINT_TTL = 5
LONGEST_CHAIN = 8


@dataclass(frozen=True)
class Answer:
    name: str
    type: str
    ttl: int
    value: str


class Resolver:
    def __init__(self, world: World) -> None:
        self._world = world

    def answer(self, name: str, kind: str, follow: bool = True) -> list[Answer]:
        """The answer section, the whole CNAME chain included."""
        found: list[Answer] = []
        for _ in range(LONGEST_CHAIN):
            step = self.step(name, kind)
            found.extend(step)
            target = next((row.value for row in step if row.type == "CNAME"), None)
            if target is None or kind == "CNAME" or not follow:
                break
            name = absolute(target)
        return found

    def knows(self, name: str) -> bool:
        """Whether the name exists with any type; else the reply is NXDOMAIN."""
        zone = self._world.zones.zone_of(name)
        if zone and any(key[0] == name or key[0].endswith("." + name) for key in zone.published):
            return True
        return bool(self.endpoint_rows(name))

    def step(self, name: str, kind: str) -> list[Answer]:
        zone = self._world.zones.zone_of(name)
        if zone is None:
            return [row for row in self.endpoint_rows(name) if row.type in (kind, "CNAME")]
        for wanted in (kind, "CNAME"):
            candidates = [record for key, record in zone.published.items() if key[:2] == (name, wanted)]
            chosen = self.choose(candidates)
            if chosen is not None:
                return self.rows(name, wanted, chosen)
        return []

    def rows(self, name: str, kind: str, record: Item) -> list[Answer]:
        alias = record.get("AliasTarget")
        if alias:
            target = self.answer(absolute(alias["DNSName"]), kind)
            return [Answer(name, kind, row.ttl, row.value) for row in target if row.type == kind]
        return [Answer(name, kind, int(record["TTL"]), item["Value"]) for item in record["ResourceRecords"]]

    def endpoint_rows(self, name: str) -> list[Answer]:
        """RDS's own names. They go on resolving while the database or its Region is down."""
        world, host = self._world, name.rstrip(".")
        for database in world.databases():
            if host in (database.endpoint.host, getattr(database, "reader_endpoint", "")):
                return [Answer(name, "A", ENDPOINT_TTL, database.endpoint.address)]
        for group in world.globals.values():
            writer = world.cluster_by_arn(group.writer) if group.writer else None
            if host == group.base.get("Endpoint") and writer is not None:
                return [Answer(name, "CNAME", ENDPOINT_TTL, writer.endpoint.host + ".")]
        return []

    def choose(self, candidates: list[Item]) -> Item | None:
        if not candidates:
            return None
        healthy = [record for record in candidates if self.healthy(record)]
        if any("Failover" in record for record in candidates):
            primary = [record for record in candidates if record.get("Failover") == "PRIMARY"]
            # PRIMARY while it is healthy, else a healthy SECONDARY; when both are unhealthy, PRIMARY again.
            best = [r for r in healthy if r.get("Failover") == "PRIMARY"] or healthy
            return (best or primary or candidates)[0]
        if any(record.get("Weight") is not None for record in candidates):
            return self.weighted(healthy or candidates)
        return (healthy or candidates)[0]

    def weighted(self, candidates: list[Item]) -> Item:
        """Records of weight 0 count only when no other is left."""
        weights = [int(record.get("Weight", 0)) for record in candidates]
        if not any(weights):
            weights = [1] * len(candidates)
        return self._world.random.choices(candidates, weights)[0]

    def healthy(self, record: Item) -> bool:
        check = self._world.checks.get(record.get("HealthCheckId", ""))
        return check is None or check.healthy
