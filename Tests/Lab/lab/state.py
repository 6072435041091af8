"""The simulated world as JSON, for tests, for the demo, and for a person who looks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.sns.models import sns_backends

from .catalogue import ACCOUNT
from .databases import Cluster, Database, Instance
from .liveness import current_lag, is_secondary

if TYPE_CHECKING:
    from .world import World

Item = dict[str, Any]
# Effects that give a database the right to write.
PROMOTING = ("promotion", "detach", "failover", "switchover")


def state_of(world: World) -> Item:
    return {
        "time": round(world.now, 4),
        "wall": world.wall(),
        "databases": [database_state(world, database) for database in world.databases()],
        "global_clusters": [
            {
                "identifier": g.identifier,
                "members": g.members,
                "writer": g.writer,
                "status": g.status,
                "failover": g.failover,
            }
            for g in world.globals.values()
        ],
        "effects": list(world.effects),
        "health_checks": [
            {
                "id": c.id,
                "type": c.type,
                "healthy": c.healthy,
                "share": c.share,
                "version": c.version,
                "disabled": bool(c.config.get("Disabled")),
                "inverted": bool(c.config.get("Inverted")),
            }
            for c in world.checks.values()
        ],
        "alarms": [
            {"region": region, "name": name, "state": alarm.state}
            for (region, name), alarm in world.alarms.items()
        ],
        "zones": [zone_state(world, zone) for zone in world.zones.zones.values()],
        "topics": [topic for backend in sns_backends[ACCOUNT].values() for topic in backend.topics],
        "faults": [fault.as_json() for fault in world.faults.active()],
    }


def database_state(world: World, database: Database) -> Item:
    lag = None
    if (isinstance(database, Instance) and database.source) or (
        isinstance(database, Cluster) and is_secondary(world, database)
    ):
        lag = current_lag(world, database)
    effects = [
        e for e in world.effects if (e["region"], e["identifier"]) == database.key and e["kind"] in PROMOTING
    ]
    return {
        "kind": "instance" if isinstance(database, Instance) else "cluster",
        "region": database.region,
        "identifier": database.identifier,
        "arn": database.arn,
        "cluster": getattr(database, "cluster", None),
        "role": world.role(database),
        "status": database.shown_status,
        "alive": database.alive,
        "accepting": database.endpoint.accepting,
        "mode": database.endpoint.mode,
        "fenced": database.fenced,
        "security_groups": database.groups,
        "lag_seconds": lag,
        "connected": database.disconnected_at is None,
        "endpoint": {
            "host": database.endpoint.host,
            "address": database.endpoint.address,
            "port": database.endpoint.port,
        },
        "connections": len(database.endpoint.connections),
        "promotions": len(effects),
        "promoted_at": [effect["time"] for effect in effects],
    }


def zone_state(world: World, zone: Any) -> Item:
    names = sorted({key[0] for key in zone.records if key[1] not in ("NS", "SOA")})
    return {
        "id": zone.id,
        "name": zone.name,
        "records": [record for key, record in zone.records.items() if key[1] not in ("NS", "SOA")],
        "in_sync": zone.records == zone.published,
        "answers": {
            name: [f"{row.type} {row.value}" for row in world.resolver.answer(name, "A")] for name in names
        },
    }
