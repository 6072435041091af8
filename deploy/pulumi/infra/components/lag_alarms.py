"""Alarms on how far the other Region is behind."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext, Regions
from .global_database import GlobalDatabase
from .global_table import GlobalTable
from .notifications import Topic

# Usually well under 1 s; more is data that a failover now would lose.
DATABASE_LIMIT_MS = 1000.0


@dataclass(frozen=True)
class Lag:
    """A metric of lag in milliseconds, and what is too much: on average over each of `minutes` in a row."""

    thing: str
    namespace: str
    metric: str
    limit_ms: float
    minutes: int
    why: str
    # What no sample means: "breaching" where silence is itself a sign that replication has stopped.
    missing: str


def global_database_lag(region: RegionContext) -> Lag:
    """Only the Region that receives has the metric, so both have the alarm, and silence is bad news in the
    standby alone."""
    return Lag(
        "database-lag",
        "AWS/RDS",
        "AuroraGlobalDBReplicationLag",
        DATABASE_LIMIT_MS,
        2,
        "this Region's cluster is more than 1 s behind the writer's, or says nothing",
        "notBreaching" if region.is_active else "breaching",
    )


# Half a second to two and a half are usual between Regions, so that 1 s would cry wolf. No writes: no
# samples.
TABLE_LAG = Lag(
    "table-lag",
    "AWS/DynamoDB",
    "ReplicationLatency",
    5000,
    5,
    "what is written here takes more than 5 s to reach the other Region",
    "notBreaching",
)


class LagAlarms(pulumi.ComponentResource):
    """Both Regions have all of them. `limits` in ms, of the `database` and of the `table`."""

    def __init__(
        self, regions: Regions, database: GlobalDatabase, table: GlobalTable, topics: Mapping[str, Topic]
    ) -> None:
        super().__init__("drctl:infra:LagAlarms", regions.home.name("lag"), None)
        self.limits = {"database": DATABASE_LIMIT_MS, "table": TABLE_LAG.limit_ms}
        for here, there in ((regions.home, regions.away), (regions.away, regions.home)):
            topic = topics[here.code].arn
            cluster = database.clusters[here.code].cluster_identifier
            self._alarm(here, global_database_lag(here), {"DBClusterIdentifier": cluster}, topic)
            dimensions = {"TableName": table.name, "ReceivingRegion": there.code}
            self._alarm(here, TABLE_LAG, dimensions, topic)
        self.register_outputs({})

    def _alarm(
        self,
        region: RegionContext,
        lag: Lag,
        dimensions: Mapping[str, pulumi.Input[str]],
        topic: pulumi.Input[str],
    ) -> None:
        """Tells the Region's topic when it begins and when it ends."""
        name = region.name(lag.thing)
        aws.cloudwatch.MetricAlarm(
            name,
            name=name,
            alarm_description=lag.why,
            namespace=lag.namespace,
            metric_name=lag.metric,
            dimensions=dimensions,
            statistic="Average",
            period=60,
            evaluation_periods=lag.minutes,
            datapoints_to_alarm=lag.minutes,
            threshold=lag.limit_ms,
            comparison_operator="GreaterThanThreshold",
            treat_missing_data=lag.missing,
            alarm_actions=[topic],
            ok_actions=[topic],
            tags=region.tags(),
            opts=region.options(self),
        )
