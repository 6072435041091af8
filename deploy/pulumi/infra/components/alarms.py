"""Alarms of a database: what people want to know before it becomes an outage."""

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext
from .alarm import ABOVE, BELOW, Limit, alarm
from .replicated_database import DatabaseSettings

GIB = 1024**3
NAMESPACE = "AWS/RDS"


def database_limits(settings: DatabaseSettings) -> list[Limit]:
    """What is watched on every instance, writer or replica."""

    def limit(
        thing: str, metric: str, statistic: str, comparison: str, value: float, minutes: int, why: str
    ) -> Limit:
        name = f"database-{thing}"
        return Limit(name, NAMESPACE, metric, statistic, comparison, value, minutes, why, "missing")

    tenth = settings.storage_gib * GIB / 10
    return [
        limit("cpu", "CPUUtilization", "Average", ABOVE, 80, 10, "CPU over 80 % for 10 minutes"),
        limit(
            "storage", "FreeStorageSpace", "Minimum", BELOW, tenth, 5, "under a tenth of the storage is free"
        ),
        limit(
            "connections",
            "DatabaseConnections",
            "Maximum",
            ABOVE,
            settings.connections,
            5,
            "close to max_connections",
        ),
        # Seconds.
        limit("read-latency", "ReadLatency", "Average", ABOVE, 0.02, 10, "reads take over 20 ms"),
        limit("write-latency", "WriteLatency", "Average", ABOVE, 0.02, 10, "writes take over 20 ms"),
    ]


# On an idle primary the lag of RDS for PostgreSQL climbs to 5 minutes by itself. drctl's SQL probe writes a
# row every few seconds, so with it more than 60 s means trouble. No sample at all does too.
REPLICA_LAG = Limit(
    "database-lag",
    NAMESPACE,
    "ReplicaLag",
    "Maximum",
    ABOVE,
    60,
    3,
    "the replica is more than 60 s behind, or says nothing",
    missing="breaching",
)


class DatabaseAlarms(pulumi.ComponentResource):
    """The replica's lag is watched where the replica is."""

    def __init__(
        self,
        region: RegionContext,
        instance: aws.rds.Instance,
        settings: DatabaseSettings,
        topic: pulumi.Input[str],
    ) -> None:
        super().__init__("drctl:infra:DatabaseAlarms", region.name("database-alarms"), None)
        limits = database_limits(settings) + ([] if region.is_active else [REPLICA_LAG])
        for limit in limits:
            alarm(self, region, limit, {"DBInstanceIdentifier": instance.identifier}, topic)
        self.register_outputs({})
