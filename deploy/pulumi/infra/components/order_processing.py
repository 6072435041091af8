"""A Region's order processing: a stream of orders, and the tasks that take them into the database."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from .. import iam
from ..regions import RegionContext
from .cache import PORT as CACHE_PORT
from .cache import Cache, CacheSettings
from .checkpoints import Checkpoints
from .container_service import ContainerService, Reach
from .container_settings import ContainerSettings
from .existing_secret import ExistingSecret, may_read
from .keys import Key
from .network import Network
from .stream import Stream

DATABASE_PORT = 5432


@dataclass(frozen=True)
class OrderSettings:
    """What the config says."""

    containers: ContainerSettings
    cache: CacheSettings
    shards: int
    database: str
    database_secret: str


class OrderProcessing(pulumi.ComponentResource):
    """`database` is the clients' name for the writer: it follows a failover, so the tasks of either Region
    write to the same database. What was still in the lost Region's stream they take from there, once it is
    back."""

    def __init__(
        self,
        network: Network,
        peer: Network,
        settings: OrderSettings,
        database: pulumi.Input[str],
        key: Key,
    ) -> None:
        region = network.region
        super().__init__("drctl:infra:OrderProcessing", region.name("processing"), None)
        self.stream = Stream(region, "intake", key, settings.shards)
        self.cache = Cache(network, settings.cache, key)
        checkpoints = Checkpoints(region, "checkpoints", key)
        secrets = {
            "DATABASE_SECRET": ExistingSecret.find(self, region, settings.database_secret),
            "CACHE_SECRET": ExistingSecret.find(self, region, settings.cache.secret),
        }
        environment: Mapping[str, pulumi.Input[str]] = {
            "STREAM": self.stream.name,
            "CHECKPOINTS": checkpoints.name,
            "DATABASE_HOST": database,
            "DATABASE_NAME": settings.database,
            "CACHE_HOST": self.cache.host,
            # Names, not values: what is rotated must be read again with each new connection.
            **{k: s.name for k, s in secrets.items()},
        }
        self.service = ContainerService(
            network,
            "processor",
            settings.containers,
            key,
            environment=environment,
            may=[
                _reads(self.stream),
                checkpoints.may_use(),
                _metrics(checkpoints),
                *may_read(region, list(secrets.values())),
                _key(region, key),
            ],
            reaches=[
                Reach("aws", 443, ("0.0.0.0/0",)),
                # The writer is in either Region.
                Reach("database", DATABASE_PORT, (network.cidr, peer.cidr)),
                Reach("cache", CACHE_PORT, group=self.cache.group.id),
            ],
            grows_by_function=True,
        )
        self.cache.admit(self, self.service.group, region)
        self.register_outputs({})


def _reads(stream: Stream) -> iam.Statement:
    """By polling, which shares 2 MiB a second and a shard among all readers. Enhanced fan-out, which the
    Kinesis Client Library takes by itself, registers consumers that nobody here would delete: tasks say
    PollingConfig."""
    actions = ["DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"]
    return iam.Statement("ReadOrders", [f"kinesis:{a}" for a in actions], [stream.arn])


def _metrics(checkpoints: Checkpoints) -> iam.Statement:
    """The library's own, under its application's name, which its table of leases is called like."""
    only = {"StringEquals": {"cloudwatch:namespace": checkpoints.name}}
    return iam.Statement("TellMetrics", ["cloudwatch:PutMetricData"], ["*"], conditions=only)


def _key(region: RegionContext, key: Key) -> iam.Statement:
    via = [f"{service}.{region.code}.amazonaws.com" for service in ("kinesis", "dynamodb")]
    return iam.Statement(
        "UseKey", ["kms:Decrypt"], [key.arn], conditions={"StringEquals": {"kms:ViaService": via}}
    )
