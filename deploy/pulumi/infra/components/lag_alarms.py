"""Alarms on how far the other Region is behind."""

from collections.abc import Mapping

import pulumi

from ..regions import RegionContext, Regions
from .alarm import ABOVE, Limit, alarm, alarm_on_query
from .global_database import GlobalDatabase
from .global_table import GlobalTable
from .notifications import Topic

# Usually well under 1 s; more is data that a failover now would lose.
DATABASE_LIMIT_MS = 1000.0


def database_lag(region: RegionContext) -> Limit:
    """Only the Region that receives has the metric, so both have the alarm, and silence is bad news in the
    standby alone."""
    return Limit(
        "database-lag",
        "AWS/RDS",
        "AuroraGlobalDBReplicationLag",
        "Average",
        ABOVE,
        DATABASE_LIMIT_MS,
        2,
        "this Region's cluster is more than 1 s behind the writer's, or says nothing",
        "notBreaching" if region.is_active else "breaching",
    )


# Half a second to two and a half are usual between Regions, so that 1 s would cry wolf. No writes: no
# samples.
TABLE_LAG = Limit(
    "table-lag",
    "AWS/DynamoDB",
    "ReplicationLatency",
    "Average",
    ABOVE,
    5000,
    5,
    "what is written here takes more than 5 s to reach the other Region",
)


class LagAlarms(pulumi.ComponentResource):
    """Both Regions have all of them. `limits` in ms, of the `database` and of the `table`."""

    def __init__(
        self, regions: Regions, database: GlobalDatabase, table: GlobalTable, topics: Mapping[str, Topic]
    ) -> None:
        super().__init__("drctl:infra:LagAlarms", regions.home.name("lag"), None)
        self.limits = {"database": DATABASE_LIMIT_MS, "table": TABLE_LAG.value}
        for here, there in regions.pairs:
            topic = topics[here.code].arn
            cluster = database.clusters[here.code].cluster_identifier
            # Aurora has published this lag by cluster, and by cluster and SourceRegion: AWS's own workshop
            # for global databases shows both (aws-samples/amazon-aurora-labs-for-mysql). An alarm on a
            # series that is not there would be on for ever, or never; this one finds either.
            where = pulumi.Output.format("DBClusterIdentifier = '{0}'", cluster)
            alarm_on_query(self, here, database_lag(here), where, topic)
            dimensions = {"TableName": table.name, "ReceivingRegion": there.code}
            alarm(self, here, TABLE_LAG, dimensions, topic)
        self.register_outputs({})
