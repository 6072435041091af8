"""What stands around a database in one Region: its subnets, who reaches it, and the group that lets nobody
in."""

import pulumi
import pulumi_aws as aws

from .groups import Way, let_in, security_group
from .network import Network


class DatabaseNetwork(pulumi.ComponentResource):
    """`clients` is the group of the database, `quarantine` what drctl puts in its place when it fences."""

    def __init__(self, network: Network, peer: Network, port: int = 5432) -> None:
        region = network.region
        super().__init__("drctl:infra:DatabaseNetwork", region.name("database"), None)
        self.subnets = aws.rds.SubnetGroup(
            region.name("database"),
            name=region.name("database"),
            description="private subnets",
            subnet_ids=network.private_ids,
            tags=region.tags(),
            opts=region.options(self),
        )
        # Rules are resources of their own. None goes out: a database calls nobody.
        closed = ("egress",)
        said = "clients of the database, in both Regions"
        self.clients = security_group(self, network, "database", said, closed=closed)
        for side, cidr in (("own", network.cidr), ("peer", peer.cidr)):
            said = f"clients in the network of the {side} Region"
            let_in(self, region, self.clients, Way(f"database-{side}", said, port, cidr))
        said = "lets nobody in: what a fenced writer is put into"
        self.quarantine = security_group(self, network, "quarantine", said, closed=closed)
        self.register_outputs({"quarantine": self.quarantine.id})
