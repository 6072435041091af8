"""What stands around a database in one Region: its subnets, who reaches it, and the group that lets nobody
in."""

import pulumi
import pulumi_aws as aws

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
        self.clients = self._group(network, "database", "clients of the database, in both Regions")
        for side, cidr in (("own", network.cidr), ("peer", peer.cidr)):
            aws.vpc.SecurityGroupIngressRule(
                region.name(f"database-{side}"),
                security_group_id=self.clients.id,
                description=f"clients in the network of the {side} Region",
                cidr_ipv4=cidr,
                ip_protocol="tcp",
                from_port=port,
                to_port=port,
                tags=region.tags(),
                opts=region.options(self),
            )
        self.quarantine = self._group(
            network, "quarantine", "lets nobody in: what a fenced writer is put into"
        )
        self.register_outputs({"quarantine": self.quarantine.id})

    def _group(self, network: Network, thing: str, description: str) -> aws.ec2.SecurityGroup:
        region = network.region
        # Rules are resources of their own. None goes out: a database calls nobody.
        return aws.ec2.SecurityGroup(
            region.name(thing),
            name=region.name(thing),
            description=description,
            vpc_id=network.vpc.id,
            egress=[],
            tags=region.tags(Name=region.name(thing)),
            opts=region.options(self),
        )
