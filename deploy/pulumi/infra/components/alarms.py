"""Alarms of a database: what people want to know before it becomes an outage."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext
from .replicated_database import DatabaseSettings

GIB = 1024**3


@dataclass(frozen=True)
class Threshold:
    """One alarm on a metric of RDS. It fires after `minutes` of 60 s samples in a row."""

    thing: str
    metric: str
    comparison: str
    value: float
    minutes: int
    statistic: str
    why: str
    missing: str = "missing"


def database_thresholds(settings: DatabaseSettings) -> list[Threshold]:
    """What is watched on every instance, writer or replica."""
    above, below = "GreaterThanThreshold", "LessThanThreshold"
    return [
        Threshold("cpu", "CPUUtilization", above, 80, 10, "Average", "CPU over 80 % for 10 minutes"),
        Threshold(
            "storage",
            "FreeStorageSpace",
            below,
            settings.storage_gib * GIB / 10,
            5,
            "Minimum",
            "less than a tenth of the storage is free",
        ),
        Threshold(
            "connections",
            "DatabaseConnections",
            above,
            settings.connections,
            5,
            "Maximum",
            "close to max_connections",
        ),
        # Seconds.
        Threshold("read-latency", "ReadLatency", above, 0.02, 10, "Average", "reads take over 20 ms"),
        Threshold("write-latency", "WriteLatency", above, 0.02, 10, "Average", "writes take over 20 ms"),
    ]


# On an idle primary the lag of RDS for PostgreSQL climbs to 5 minutes by itself. drctl's SQL probe writes a
# row every few seconds, so with it more than 60 s means trouble. No sample at all does too.
REPLICA_LAG = Threshold(
    "lag",
    "ReplicaLag",
    "GreaterThanThreshold",
    60,
    3,
    "Maximum",
    "the replica is more than 60 s behind, or says nothing",
    missing="breaching",
)


class DatabaseAlarms(pulumi.ComponentResource):
    """Each tells its Region's topic when it begins and when it ends."""

    def __init__(
        self,
        region: RegionContext,
        instance: aws.rds.Instance,
        thresholds: list[Threshold],
        topic: pulumi.Input[str],
    ) -> None:
        super().__init__("drctl:infra:DatabaseAlarms", region.name("database-alarms"), None)
        self.alarms = [self._alarm(region, instance, t, topic) for t in thresholds]
        self.register_outputs({})

    def _alarm(
        self,
        region: RegionContext,
        instance: aws.rds.Instance,
        threshold: Threshold,
        topic: pulumi.Input[str],
    ) -> aws.cloudwatch.MetricAlarm:
        name = region.name(f"database-{threshold.thing}")
        return aws.cloudwatch.MetricAlarm(
            name,
            name=name,
            alarm_description=threshold.why,
            namespace="AWS/RDS",
            metric_name=threshold.metric,
            dimensions={"DBInstanceIdentifier": instance.identifier},
            statistic=threshold.statistic,
            period=60,
            evaluation_periods=threshold.minutes,
            datapoints_to_alarm=threshold.minutes,
            threshold=threshold.value,
            comparison_operator=threshold.comparison,
            treat_missing_data=threshold.missing,
            alarm_actions=[topic],
            ok_actions=[topic],
            tags=region.tags(),
            opts=region.options(self),
        )
