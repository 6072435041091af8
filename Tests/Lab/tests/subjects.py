"""What the tests are about, and how they look at it."""

from __future__ import annotations

import datetime
import itertools
import time
from collections.abc import Callable
from typing import Any

from dnslib import DNSRecord

from lab.process import Lab

HOME, AWAY = "eu-west-1", "eu-central-1"
numbers = itertools.count(1)


def eventually(check: Callable[[], Any], seconds: float = 5.0) -> Any:
    """The first true answer; fails with the last one when none comes in time."""
    end = time.monotonic() + seconds
    while True:
        answer = check()
        if answer:
            return answer
        assert time.monotonic() < end, f"not within {seconds} s; last answer: {answer!r}"
        time.sleep(0.02)


class Pair:
    """An RDS instance and its cross-Region replica."""

    def __init__(self, lab: Lab) -> None:
        number = next(numbers)
        self.lab, self.primary, self.replica = lab, f"p{number}", f"r{number}"
        self.home, self.away = lab.client("rds", HOME), lab.client("rds", AWAY)
        made = self.home.create_db_instance(
            DBInstanceIdentifier=self.primary,
            DBInstanceClass="db.r6g.large",
            Engine="postgres",
            EngineVersion="16.3",
            AllocatedStorage=20,
            MasterUsername="app",
            MasterUserPassword="secret-enough",
            BackupRetentionPeriod=7,
        )["DBInstance"]
        self.primary_arn = made["DBInstanceArn"]
        self.away.create_db_instance_read_replica(
            DBInstanceIdentifier=self.replica, SourceDBInstanceIdentifier=self.primary_arn
        )

    def describe(self, away: bool = True) -> Any:
        client, name = (self.away, self.replica) if away else (self.home, self.primary)
        return client.describe_db_instances(DBInstanceIdentifier=name)["DBInstances"][0]

    def state(self, away: bool = True) -> Any:
        return self.lab.database(AWAY if away else HOME, self.replica if away else self.primary)


class GlobalPair:
    """An Aurora global database with a member in each of two Regions."""

    def __init__(self, lab: Lab) -> None:
        number = next(numbers)
        self.lab, self.name = lab, f"g{number}"
        self.home, self.away = lab.client("rds", HOME), lab.client("rds", AWAY)
        self.home.create_global_cluster(
            GlobalClusterIdentifier=self.name, Engine="aurora-postgresql", EngineVersion="15.4"
        )
        self.writer = self.cluster(self.home, f"w{number}")
        self.reader = self.cluster(self.away, f"s{number}")

    def cluster(self, client: Any, name: str) -> str:
        made = client.create_db_cluster(
            DBClusterIdentifier=name,
            Engine="aurora-postgresql",
            EngineVersion="15.4",
            MasterUsername="app",
            MasterUserPassword="secret-enough",
            GlobalClusterIdentifier=self.name,
        )["DBCluster"]
        client.create_db_instance(
            DBInstanceIdentifier=f"{name}-1",
            DBClusterIdentifier=name,
            DBInstanceClass="db.r6g.large",
            Engine="aurora-postgresql",
        )
        return str(made["DBClusterArn"])

    def describe(self, client: Any = None) -> Any:
        found = (client or self.away).describe_global_clusters(GlobalClusterIdentifier=self.name)
        return found["GlobalClusters"][0]

    def writers(self) -> list[str]:
        return [m["DBClusterArn"] for m in self.describe()["GlobalClusterMembers"] if m["IsWriter"]]

    def state(self, arn: str) -> Any:
        return self.lab.database(arn.split(":")[3], arn.split(":")[-1], "cluster")


class Zone:
    def __init__(self, lab):
        self.lab, self.api = lab, lab.client("route53", "us-east-1")
        self.name = f"z{next(numbers)}.example.org"
        made = self.api.create_hosted_zone(Name=self.name, CallerReference=self.name)
        self.id = made["HostedZone"]["Id"].split("/")[-1]

    def change(self, action, **record):
        record = {"Name": f"db.{self.name}", "Type": "CNAME", "TTL": 30, **record}
        return self.api.change_resource_record_sets(
            HostedZoneId=self.id, ChangeBatch={"Changes": [{"Action": action, "ResourceRecordSet": record}]}
        )["ChangeInfo"]

    def upsert(self, target, **more):
        return self.change("UPSERT", ResourceRecords=[{"Value": target}], **more)

    def lookup(self, name=None, kind="A"):
        host, port = self.lab.dns.split(":")
        query = DNSRecord.question(name or f"db.{self.name}", kind)
        return DNSRecord.parse(query.send(host, int(port), timeout=2))

    def answers(self, name=None, kind="A"):
        return [str(row.rdata) for row in self.lookup(name, kind).rr]

    def check(self, **config):
        made = self.api.create_health_check(
            CallerReference=f"{self.name}-{next(numbers)}", HealthCheckConfig=config
        )
        return made["HealthCheck"]["Id"]

    def healthy(self, check):
        return next(row["healthy"] for row in self.lab.state()["health_checks"] if row["id"] == check)


def code(caught: Any) -> str:
    return str(caught.value.response["Error"]["Code"])


def status(caught: Any) -> int:
    return int(caught.value.response["ResponseMetadata"]["HTTPStatusCode"])


def host(pair, away=True):
    return pair.describe(away)["Endpoint"]["Address"]


def address(pair, away=True):
    return pair.state(away)["endpoint"]["address"]


def ask(cloudwatch, namespace, metric, dimensions, stat="Maximum", seconds=300, **more):
    now = datetime.datetime.now(datetime.UTC)
    query = {
        "Id": "q1",
        "MetricStat": {
            "Period": 60,
            "Stat": stat,
            "Metric": {
                "Namespace": namespace,
                "MetricName": metric,
                "Dimensions": [{"Name": n, "Value": v} for n, v in dimensions.items()],
            },
        },
    }
    return cloudwatch.get_metric_data(
        MetricDataQueries=[query],
        EndTime=now + datetime.timedelta(seconds=1),
        StartTime=now - datetime.timedelta(seconds=seconds),
        **more,
    )


def values(*args, **more):
    return ask(*args, **more)["MetricDataResults"][0]["Values"]
