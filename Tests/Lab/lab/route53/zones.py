"""Hosted zones and their records: what the API shows at once, and what DNS has been told so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]
RecordKey = tuple[str, str, str]


@dataclass
class Zone:
    id: str
    name: str
    caller_reference: str
    comment: str = ""
    records: dict[RecordKey, Item] = field(default_factory=dict)
    published: dict[RecordKey, Item] = field(default_factory=dict)


@dataclass
class Change:
    id: str
    submitted: float
    comment: str = ""
    status: str = "PENDING"


def absolute(name: str) -> str:
    """Lower case, with the final dot; Route 53 treats both spellings as one."""
    return name.lower().rstrip(".") + "."


def record_key(record: Item) -> RecordKey:
    return absolute(record["Name"]), record["Type"], record.get("SetIdentifier", "")


class Zones:
    def __init__(self, world: World) -> None:
        self._world = world
        self.zones: dict[str, Zone] = {}
        self.changes: dict[str, Change] = {}

    def create(self, name: str, caller_reference: str, comment: str) -> Zone:
        number = str(len(self.zones) + 1)
        zone = Zone(
            "Z" + self._world.stable_id("zone", name, number, length=13).upper(),
            absolute(name),
            caller_reference,
            comment,
        )
        servers = [{"Value": f"ns-{index}.awsdns-{index}.test."} for index in range(1, 5)]
        for record in (
            {"Name": zone.name, "Type": "NS", "TTL": 172800, "ResourceRecords": servers},
            {
                "Name": zone.name,
                "Type": "SOA",
                "TTL": 900,
                "ResourceRecords": [
                    {"Value": "ns-1.awsdns-1.test. awsdns-contact.amazon.com. 1 7200 900 1209600 86400"}
                ],
            },
        ):
            zone.records[record_key(record)] = record
        zone.published = dict(zone.records)
        self.zones[zone.id] = zone
        return zone

    def change(self, zone: Zone, records: dict[RecordKey, Item], comment: str) -> Change:
        """Shown at once, answered by DNS after the propagation time."""
        world = self._world
        number = str(len(self.changes) + 1)
        change = Change("C" + world.stable_id("change", number, length=13).upper(), world.wall(), comment)
        self.changes[change.id] = change
        zone.records = records
        snapshot = dict(records)

        def publish() -> None:
            zone.published = snapshot
            change.status = "INSYNC"

        world.timeline.after(world.settings.propagation_seconds, publish)
        return change

    def zone_of(self, name: str) -> Zone | None:
        """The zone with the longest name that the name is in."""
        fitting = [z for z in self.zones.values() if name == z.name or name.endswith("." + z.name)]
        return max(fitting, key=lambda zone: len(zone.name), default=None)
