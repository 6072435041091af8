"""The nouns of the simulated RDS: instances, clusters, global clusters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .listeners import Endpoint


@dataclass
class Lag:
    """What a replica reports. `kind`: normal, fixed, missing, stale, minus_one, sawtooth."""

    kind: str = "normal"
    seconds: float = 0.0


@dataclass
class Database:
    """What instances and clusters have in common. `base` is moto's own description, as plain values."""

    region: str
    identifier: str
    arn: str
    resource_id: str
    base: dict[str, Any]
    endpoint: Endpoint
    status: str = "available"
    status_override: str | None = None
    groups: list[str] = field(default_factory=list)
    pending_groups: list[str] | None = None
    busy: bool = False
    lag: Lag = field(default_factory=Lag)
    last_lag: float | None = None
    disconnected_at: float | None = None
    alive: bool = True
    fenced: bool = False
    connections: int | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.region, self.identifier

    @property
    def shown_status(self) -> str:
        return self.status_override or self.status


@dataclass
class Instance(Database):
    source: str | None = None  # ARN of the source instance
    source_gone: bool = False
    replicas: list[str] = field(default_factory=list)  # ARNs
    cluster: str | None = None
    is_cluster_writer: bool = False


@dataclass
class Cluster(Database):
    global_id: str | None = None
    is_writer: bool = True  # a standalone cluster is its own writer
    reader_endpoint: str = ""
    connected: bool = True


@dataclass
class GlobalCluster:
    identifier: str
    arn: str
    base: dict[str, Any]
    home: str
    members: list[str] = field(default_factory=list)  # cluster ARNs
    writer: str | None = None
    status: str = "available"
    failover: dict[str, Any] | None = None
    regions: set[str] = field(default_factory=set)  # every Region that ever had a member

    @property
    def key(self) -> tuple[str, str]:
        return "global", self.identifier


def region_of(arn: str) -> str:
    return arn.split(":")[3]


def name_of(arn: str) -> str:
    return arn.split(":")[-1]
