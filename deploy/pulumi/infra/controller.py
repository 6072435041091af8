"""config.yaml for drctl, from what a stack made. `drctl validate` accepts it: a test holds that."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, NotRequired, TypedDict, cast

import pulumi
import yaml

from .reader import Reader

Text = pulumi.Input[str]
# Its metrics live here, and so die with what they should tell of.
ROUTE_53_HOME = "us-east-1"
# Where the host puts it: host/drctl-refresh.
HOOK_SECRET_FILE = "/etc/drctl/webhook.secret"


# A promotion cannot be undone, and to stop behind it only makes the outage longer: a person is not asked
# before AWS has had this many minutes for it, whatever the objective.
LEAST_FOR_PROMOTION = 15
# AWS's own recovery is waited for no longer than this: drctl's default.
MOST_FOR_AWS = 5


@dataclass(frozen=True)
class Objectives:
    """What a kind of database can promise, when the stack's config says nothing else: `data_loss` as
    config.yaml writes it, `recovery` in minutes. `failover`: the minutes of an outage that a failover takes
    besides waiting for AWS's own recovery, `capacity` of them at most until enough serves the clients, as
    config.yaml writes it. docs/strategy.md has the parts."""

    data_loss: str
    recovery: int
    failover: int
    capacity: str | None = None


# Noticed 4, confirmed 1, last look and fence 1.5, promotion 5, the name 1.5.
REPLICA = Objectives("5m", 15, 13)
# The same, and 1 for tasks that did not start during the promotion: the objective grows by it, since a
# Multi-AZ failover takes its two minutes here as well.
SERVED_REPLICA = Objectives("5m", 16, 14, capacity="60s")
# Noticed and confirmed 2, last look and fence 1, managed failover 1, the name 1.
GLOBAL_DATABASE = Objectives("3m", 5, 5)


class Site(TypedDict):
    """One side of a database. `endpoint` as host:port."""

    identifier: Text
    endpoint: Text


class Fencing(TypedDict):
    """How the old writer is kept from writing."""

    method: Literal["quarantine", "revoke-ingress", "none"]
    security_groups: list[Text]


class Sql(TypedDict):
    """The probe in SQL: docs/sql-probe.md."""

    database: str
    user: str
    password_file: str
    ca_bundle: str


class Kind(TypedDict):
    """What a database is to AWS. The last two: of Aurora alone."""

    type: Literal["rds-replica", "aurora-global"]
    global_cluster: NotRequired[Text]
    method: NotRequired[Literal["detach", "managed-failover"]]


class Database(Kind):
    """One database of a workload."""

    primary: Site
    standby: Site
    health_check: NotRequired[Text]
    heartbeat: NotRequired[bool]
    sql: NotRequired[Sql]
    fencing: Fencing


class HealthCheckLever(TypedDict):
    """Moves the clients' name by a metric."""

    lever: Literal["route53-health-check"]
    database: str
    name: str
    health_check: Text
    namespace: str
    metric: str
    dimensions: Mapping[str, str]


class RecordLever(TypedDict):
    """Moves the clients' name by Route 53's control plane."""

    lever: Literal["route53-record"]
    database: str
    zone: Text
    name: str


class Capacity(TypedDict):
    """A service that drctl raises to `desired` tasks before it leads clients to its Region."""

    type: Literal["ecs-service"]
    region: str
    cluster: str
    service: str
    desired: int


class Notifications(TypedDict):
    """ARNs of topics; those in the standby Region are told first."""

    topics: list[Text]


class Workload(TypedDict):
    """What fails over together."""

    primary_region: str
    standby_region: str
    databases: dict[str, Database]
    policy: dict[str, Any]
    capacity: NotRequired[list[Capacity]]
    traffic: list[HealthCheckLever | RecordLever]
    notifications: Notifications


@dataclass(frozen=True)
class Policy:
    """When drctl acts. A stack begins with `observe`: drctl says what it would do, and does nothing."""

    mode: str
    maximum_data_loss: str
    recovery_time: int
    failover_time: int
    capacity_timeout: str | None

    @classmethod
    def read(cls, reader: Reader, objectives: Objectives) -> "Policy":
        """The stack may choose others, but no time that a failover alone takes up."""
        least = objectives.failover
        return cls(
            recovery_time=reader.number("recoveryTime", least, 1440, objectives.recovery),
            failover_time=least,
            capacity_timeout=objectives.capacity,
            mode=reader.choice("mode", ["observe", "approval", "automatic"], "observe"),
            maximum_data_loss=reader.text(
                "maximumDataLoss", r"0s|[1-9]\d*(s|m|h)", "a time such as 90s or 5m", objectives.data_loss
            ),
        )

    def body(self, primary_region: str, **more: Any) -> dict[str, Any]:
        """Three of four kinds of evidence must agree; of those that do not depend on the primary Region
        itself there are two where it is Route 53's home."""
        witnesses = ["route53", "control-plane", "replication", "probe"]
        quorum = 3
        if primary_region == ROUTE_53_HOME:
            witnesses, quorum = witnesses[1:], 2
        return {
            "mode": self.mode,
            "witnesses": witnesses,
            "quorum": quorum,
            "maximum_data_loss": self.maximum_data_loss,
            "recovery_time": f"{self.recovery_time}m",
            **self._limits(),
            **more,
        }

    def _limits(self) -> dict[str, Any]:
        """AWS's own recovery is waited for as long as the objective leaves room for a failover after it. A
        promotion that takes the whole objective by itself is a person's matter."""
        room = min(self.recovery_time - self.failover_time, MOST_FOR_AWS)
        timeouts = {"promotion": f"{max(self.recovery_time, LEAST_FOR_PROMOTION)}m"}
        if self.capacity_timeout:
            timeouts["capacity"] = self.capacity_timeout
        return {"provider_recovery_limit": f"{room}m" if room else "0s", "timeouts": timeouts}


def render(
    region: str, workloads: Mapping[str, Workload], **sections: Mapping[str, Any]
) -> pulumi.Output[str]:
    """The file's text. `region` is where the controller's host stands: never a workload's primary one.
    `sections` are further top-level ones.

    The webhook heeds the topics that the workloads' notices go to: alarms speak through the same ones."""
    body: dict[str, Any] = {
        "controller": {"region": region},
        "webhook": _webhook(workloads),
        **sections,
        "workloads": workloads,
    }
    resolved = cast("pulumi.Output[dict[str, Any]]", pulumi.Output.from_input(body))
    return resolved.apply(_text)


def _webhook(workloads: Mapping[str, Workload]) -> dict[str, Any]:
    return {
        "topics": [
            {"arn": arn, "workloads": [name]}
            for name, workload in workloads.items()
            for arn in workload["notifications"]["topics"]
        ],
        "secret_file": HOOK_SECRET_FILE,
    }


def _text(body: dict[str, Any]) -> str:
    head = "# Written from the infrastructure's outputs: change it there, or the next deployment undoes it.\n"
    return head + yaml.safe_dump(_plain(body), sort_keys=False, width=100)


def _plain(value: Any) -> Any:
    """Plain containers: YAML knows no other kinds."""
    if isinstance(value, Mapping):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return value
