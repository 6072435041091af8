"""What people look at: the same graphs in both Regions' dashboards, each over both Regions."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext, Regions
from .dashboards import Dashboard, Graph, Metric
from .function import Function
from .regional_api import RegionalApi
from .replicated_bucket import ReplicatedBucket

TEXT = (
    "# {system}\nThe writer is in **{active}**. Database lag has samples only in the Region that receives; "
    "after a failover it is the other one."
)


@dataclass(frozen=True)
class Watched:
    """The parts with metrics, by the Region's code."""

    clusters: Mapping[str, aws.rds.Cluster]
    table: str
    buckets: tuple[ReplicatedBucket, ...]
    functions: Mapping[str, Function]
    apis: Mapping[str, RegionalApi]


def payments_dashboards(
    regions: Regions, watched: Watched, lag_limits: Mapping[str, float]
) -> list[Dashboard]:
    """One in each Region. `lag_limits` in ms, of the `database` and of the `table`."""
    graphs = _replication(regions, watched, lag_limits) + _service(regions, watched)
    settings = regions.home.settings
    text = TEXT.format(system=settings.system, active=regions.active.code)
    return [Dashboard(r, "overview", text, graphs) for r in regions.both]


def _replication(regions: Regions, watched: Watched, limits: Mapping[str, float]) -> list[Graph]:
    """How far behind the other Region is."""
    table = [
        Metric(
            "AWS/DynamoDB",
            "ReplicationLatency",
            {"TableName": watched.table, "ReceivingRegion": there.code},
            here.code,
            label=f"to {there.code}",
        )
        for here, there in regions.pairs
    ]
    return [
        Graph(
            "Database replication lag (ms)",
            _clusters(regions, watched, "AuroraGlobalDBReplicationLag"),
            limits["database"],
        ),
        Graph("Database recovery point lag (ms)", _clusters(regions, watched, "AuroraGlobalDBRPOLag")),
        Graph("Table replication lag (ms)", table, limits["table"]),
        Graph(
            "Object replication lag (s)",
            [
                m
                for bucket in watched.buckets
                for here, there in regions.pairs
                for m in _bucket(bucket, here, there)
            ],
        ),
    ]


def _bucket(bucket: ReplicatedBucket, here: RegionContext, there: RegionContext) -> list[Metric]:
    """S3 does not say in which of the two Regions it reports: a line without samples does no harm."""
    dimensions: dict[str, pulumi.Input[str]] = {
        "SourceBucket": bucket.buckets[here.code].name,
        "DestinationBucket": bucket.buckets[there.code].name,
        "RuleId": f"to-{there.code}",
    }
    return [
        Metric("AWS/S3", "ReplicationLatency", dimensions, region.code, "Maximum") for region in (here, there)
    ]


def _service(regions: Regions, watched: Watched) -> list[Graph]:
    """Whether payments are taken."""

    def functions(name: str, statistic: str) -> list[Metric]:
        return [
            Metric(
                "AWS/Lambda",
                name,
                {"FunctionName": watched.functions[r.code].function.name},
                r.code,
                statistic,
            )
            for r in regions.both
        ]

    def apis(name: str, statistic: str) -> list[Metric]:
        return [
            Metric("AWS/ApiGateway", name, {"ApiId": watched.apis[r.code].id}, r.code, statistic)
            for r in regions.both
        ]

    return [
        Graph("Requests", apis("Count", "Sum")),
        Graph("Server errors", apis("5xx", "Sum")),
        Graph("Answer time (ms, 99 of 100)", apis("Latency", "p99")),
        Graph("Function errors", functions("Errors", "Sum")),
        Graph("Database CPU (%)", _clusters(regions, watched, "CPUUtilization")),
        Graph("Database connections", _clusters(regions, watched, "DatabaseConnections")),
    ]


def _clusters(regions: Regions, watched: Watched, name: str) -> list[Metric]:
    return [
        Metric(
            "AWS/RDS",
            name,
            {"DBClusterIdentifier": watched.clusters[r.code].cluster_identifier},
            r.code,
        )
        for r in regions.both
    ]
