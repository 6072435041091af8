"""Redis on ElastiCache: encrypted at rest and in transit, opened by a token from an existing secret."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..reader import Reader
from ..regions import RegionContext
from .existing_secret import password, secret_name
from .groups import Way, let_in, security_group
from .keys import Key
from .network import Network

PORT = 6379


@dataclass(frozen=True)
class CacheSettings:
    """`secret`: the existing entry with {"password": ...}, in both Regions: 16 to 128 letters and digits."""

    secret: str
    node_type: str
    nodes: int

    @classmethod
    def read(cls, reader: Reader, production: bool) -> "CacheSettings":
        """The keys of a stack with a cache."""
        return cls(
            secret=secret_name(reader, "cacheSecret"),
            node_type=reader.text(
                "cacheType", r"cache\.[a-z0-9]+\.[a-z0-9]+", "such as cache.t4g.small", "cache.t4g.small"
            ),
            nodes=reader.number("cacheNodes", 1, 6, 2 if production else 1),
        )


class Cache(pulumi.ComponentResource):
    """A Region's own. Nothing is replicated between Regions: what a cache holds can be read again from the
    database, and a cold one costs minutes of slowness where a global one costs a second cluster's traffic."""

    def __init__(self, network: Network, settings: CacheSettings, key: Key) -> None:
        region = network.region
        super().__init__("drctl:infra:Cache", region.name("cache"), None)
        production = region.settings.production
        self.identifier = region.short("cache")
        said = "the cache: whom it lets in is said where they are made"
        self.group = security_group(self, network, "cache", said, closed=("egress",))
        subnets = aws.elasticache.SubnetGroup(
            region.name("cache"),
            name=region.name("cache"),
            description="private subnets",
            subnet_ids=network.private_ids,
            tags=region.tags(),
            opts=region.options(self),
        )
        several = settings.nodes > 1
        made = aws.elasticache.ReplicationGroup(
            region.name("cache"),
            replication_group_id=self.identifier,
            description=region.name("cache"),
            engine="redis",
            engine_version="7.1",
            parameter_group_name="default.redis7",
            node_type=settings.node_type,
            num_cache_clusters=settings.nodes,
            automatic_failover_enabled=several,
            multi_az_enabled=several,
            port=PORT,
            subnet_group_name=subnets.name,
            security_group_ids=[self.group.id],
            at_rest_encryption_enabled=True,
            kms_key_id=key.arn,
            transit_encryption_enabled=True,
            auth_token=password(self, region, settings.secret),
            auto_minor_version_upgrade=True,
            apply_immediately=True,
            snapshot_retention_limit=1,
            # A name that AWS gives anew with each stack: a fixed one would stop the destruction of the second
            # stack of a name, whose snapshot is there already.
            final_snapshot_identifier=(
                pulumi.Output.format("{0}-final-{1}", self.identifier, self.group.id) if production else None
            ),
            tags=region.tags(),
            # The rotation changes the token; the program never sets an old one again.
            opts=region.options(self, ignore_changes=["authToken", "authTokenUpdateStrategy"]),
        )
        self.arn: pulumi.Output[str] = made.arn
        self.host: pulumi.Output[str] = made.primary_endpoint_address
        self.register_outputs({"host": self.host})

    def admit(self, parent: pulumi.Resource, clients: aws.ec2.SecurityGroup, region: RegionContext) -> None:
        """Lets a group's members in."""
        let_in(
            parent, region, self.group, Way("cache-clients", "tasks of the service", PORT, group=clients.id)
        )
