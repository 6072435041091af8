"""What AWS says of one database, and whether that is worth a closer look."""

import datetime
import time
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

# A dead Region is silent: without these one look would take minutes.
# One attempt: the next round comes within the minute.
BOUNDED = Config(connect_timeout=2, read_timeout=4, retries={"total_max_attempts": 1, "mode": "standard"})
# While AWS does these the database serves, or will in a moment.
SERVING = {
    "available",
    "backing-up",
    "configuring-enhanced-monitoring",
    "configuring-iam-database-auth",
    "configuring-log-exports",
    "modifying",
    "storage-optimization",
}
# CloudWatch publishes 1 to 3 minutes late.
RECENT = datetime.timedelta(minutes=6)


@dataclass(frozen=True)
class Watched:
    """One database: an instance, or an Aurora `cluster`. `lag_limit` in seconds, for a replica; `source` is
    the Region that a cluster replicates from."""

    region: str
    identifier: str
    namespace: str
    lag_limit: float | None = None
    cluster: bool = False
    source: str | None = None


class OutOfTime(Exception):
    """The deadline has passed: ask nothing more."""


def findings(database: Watched, deadline: float) -> list[str]:
    """In words; none when all is well. Failing to ask is worth a look too. `deadline` by the monotonic
    clock."""
    name = f"{database.identifier} in {database.region}"
    found = []
    try:
        _in_time(deadline)
        status = _status(database)
        if status not in SERVING:
            found.append(f"{name}: status {status}")
        _in_time(deadline)
        reachable = _newest(database, database.namespace, "Reachable", {"Database": database.identifier})
        if reachable is None:
            found.append(f"{name}: no sample of the probe")
        elif reachable < 1:
            found.append(f"{name}: does not answer the probe in its network")
        if database.lag_limit is not None:
            _in_time(deadline)
            lag = _lag_seconds(database)
            if lag is None or lag < 0:
                found.append(f"{name}: replication lag unknown")
            elif lag > database.lag_limit:
                found.append(f"{name}: {lag:.0f} s behind")
    except OutOfTime:
        found.append(f"{name}: no time was left to ask")
    except (BotoCoreError, ClientError) as error:
        # The type alone: texts of errors may hold ARNs, which nobody needs to see here.
        found.append(f"{name}: could not ask ({type(error).__name__})")
    return found


def _in_time(deadline: float) -> None:
    if time.monotonic() > deadline:
        raise OutOfTime


def _status(database: Watched) -> str:
    rds = boto3.client("rds", region_name=database.region, config=BOUNDED)
    if database.cluster:
        clusters = rds.describe_db_clusters(DBClusterIdentifier=database.identifier)["DBClusters"]
        return str(clusters[0]["Status"]) if clusters else "gone"
    found = rds.describe_db_instances(DBInstanceIdentifier=database.identifier)["DBInstances"]
    return str(found[0]["DBInstanceStatus"]) if found else "gone"


def _lag_seconds(database: Watched) -> float | None:
    if database.cluster:
        cluster = {"DBClusterIdentifier": database.identifier}
        # Aurora publishes it by cluster, by cluster and source, or both: whichever has samples.
        both = [cluster, {**cluster, "SourceRegion": database.source}] if database.source else [cluster]
        lag = _newest(database, "AWS/RDS", "AuroraGlobalDBReplicationLag", *both)
        # In milliseconds, unlike an instance's.
        return None if lag is None else lag / 1000
    return _newest(database, "AWS/RDS", "ReplicaLag", {"DBInstanceIdentifier": database.identifier})


def _newest(database: Watched, namespace: str, metric: str, *dimensions: dict[str, str]) -> float | None:
    """Of the first set of dimensions that has a sample. One call."""
    now = datetime.datetime.now(datetime.UTC)
    cloudwatch = boto3.client("cloudwatch", region_name=database.region, config=BOUNDED)
    got = cloudwatch.get_metric_data(
        MetricDataQueries=[_query(f"q{i}", namespace, metric, d) for i, d in enumerate(dimensions)],
        StartTime=now - RECENT,
        EndTime=now,
        ScanBy="TimestampDescending",
    )
    found = {result["Id"]: result["Values"] for result in got["MetricDataResults"]}
    values: list[float] = next((v for _, v in sorted(found.items()) if v), [])
    return float(values[0]) if values else None


def _query(name: str, namespace: str, metric: str, dimensions: dict[str, str]) -> dict[str, Any]:
    return {
        "Id": name,
        "MetricStat": {
            "Metric": {
                "Namespace": namespace,
                "MetricName": metric,
                "Dimensions": [{"Name": k, "Value": v} for k, v in dimensions.items()],
            },
            "Period": 60,
            "Stat": "Minimum" if metric == "Reachable" else "Maximum",
        },
    }
