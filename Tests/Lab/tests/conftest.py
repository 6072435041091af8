"""One lab for all tests; each test makes its own databases in it and leaves no fault behind."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lab.process import Lab  # noqa: E402

QUICK = {
    "promotion_seconds": 0.6, "detach_seconds": 0.4, "failover_seconds": 0.6, "modify_seconds": 0.3,
    "reboot_seconds": 0.3, "propagation_seconds": 0.3, "health_check_interval_seconds": 0.05,
    "metric_period_seconds": 0.2, "describe_lag_seconds": 0.0, "create_seconds": 0.0, "promotion_backup": True,
    "base_lag_seconds": 0.2, "lag_jitter_seconds": 0.1, "metric_delay_seconds": 0.0, "ssl_answer": "S",
    "down_mode": "refuse", "fence_mode": "drop", "hold_seconds": 5.0, "scale_periods": True,
}  # fmt: skip
HOME, AWAY = "eu-west-1", "eu-central-1"
numbers = itertools.count(1)


@pytest.fixture(scope="session")
def running() -> Iterator[Lab]:
    with Lab(**QUICK) as lab:
        yield lab


@pytest.fixture
def lab(running: Lab) -> Iterator[Lab]:
    running.lift()
    running.settings(**QUICK)
    running.order("DELETE", "calls")
    yield running
    running.lift()
    running.order("POST", "auth", {})


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
            DBInstanceIdentifier=self.primary, DBInstanceClass="db.r6g.large", Engine="postgres",
            EngineVersion="16.3", AllocatedStorage=20, MasterUsername="app", MasterUserPassword="secret-enough",
            BackupRetentionPeriod=7,
        )["DBInstance"]  # fmt: skip
        self.primary_arn = made["DBInstanceArn"]
        self.away.create_db_instance_read_replica(
            DBInstanceIdentifier=self.replica, SourceDBInstanceIdentifier=self.primary_arn)  # fmt: skip

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
            GlobalClusterIdentifier=self.name, Engine="aurora-postgresql", EngineVersion="15.4")  # fmt: skip
        self.writer = self.cluster(self.home, f"w{number}")
        self.reader = self.cluster(self.away, f"s{number}")

    def cluster(self, client: Any, name: str) -> str:
        made = client.create_db_cluster(
            DBClusterIdentifier=name, Engine="aurora-postgresql", EngineVersion="15.4", MasterUsername="app",
            MasterUserPassword="secret-enough", GlobalClusterIdentifier=self.name)["DBCluster"]  # fmt: skip
        client.create_db_instance(DBInstanceIdentifier=f"{name}-1", DBClusterIdentifier=name,
                                  DBInstanceClass="db.r6g.large", Engine="aurora-postgresql")  # fmt: skip
        return str(made["DBClusterArn"])

    def describe(self, client: Any = None) -> Any:
        found = (client or self.away).describe_global_clusters(GlobalClusterIdentifier=self.name)
        return found["GlobalClusters"][0]

    def writers(self) -> list[str]:
        return [m["DBClusterArn"] for m in self.describe()["GlobalClusterMembers"] if m["IsWriter"]]

    def state(self, arn: str) -> Any:
        return self.lab.database(arn.split(":")[3], arn.split(":")[-1], "cluster")


@pytest.fixture
def pair(lab: Lab) -> Pair:
    return Pair(lab)


@pytest.fixture
def aurora(lab: Lab) -> GlobalPair:
    return GlobalPair(lab)


def code(caught: Any) -> str:
    return str(caught.value.response["Error"]["Code"])


def status(caught: Any) -> int:
    return int(caught.value.response["ResponseMetadata"]["HTTPStatusCode"])
