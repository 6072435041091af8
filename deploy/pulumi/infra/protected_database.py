"""RDS for PostgreSQL with its read replica, protected: what most systems have."""

import pulumi_aws as aws

from .components.alarms import REPLICA_LAG, DatabaseAlarms
from .components.operations import WatchedDatabase
from .components.reachability import NAMESPACE
from .components.replicated_database import DatabaseSettings, ReplicatedDatabase
from .ground import Ground
from .protection import Protected, Side, guard, networks, words


def protected_database(
    ground: Ground, name: str, settings: DatabaseSettings
) -> Protected[ReplicatedDatabase]:
    """The writer and its replica in private subnets, and their alarms. `name` is the workload's."""
    regions, around = ground.regions, networks(ground)
    active, standby = regions.active, regions.standby
    database = ReplicatedDatabase(regions, settings, around, ground.keys)
    instances = database.instances
    for region in regions.both:
        DatabaseAlarms(region, instances[region.code], settings, ground.topics[region.code].arn)
    guarded = guard(ground, name, around, {code: _side(i) for code, i in instances.items()})
    return Protected(
        guarded,
        database,
        settings.database,
        {"type": "rds-replica"},
        {
            **words(guarded),
            "PRIMARY_INSTANCE": [instances[active.code].identifier],
            "STANDBY_INSTANCE": [instances[standby.code].identifier],
        },
        [
            WatchedDatabase(
                r.code, instances[r.code].identifier, NAMESPACE, None if r.is_active else REPLICA_LAG.value
            )
            for r in regions.both
        ],
    )


def _side(instance: aws.rds.Instance) -> Side:
    return Side(instance.identifier, instance.endpoint, instance.address, instance.address)
