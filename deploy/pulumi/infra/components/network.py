"""A Region's VPC: private subnets over several availability zones, and what little of the world they need."""

import ipaddress

import pulumi
import pulumi_aws as aws

from ..reader import Reader
from ..regions import RegionContext

_RANGE = r"\d{1,3}(?:\.\d{1,3}){3}/16"


def ranges(reader: Reader) -> tuple[str, str]:
    """The address ranges (home, away) from the config. They must not overlap: the VPCs are peered."""
    wanted = "a private range of 65,536 addresses, such as 10.40.0.0/16"
    home = reader.text("primaryNetwork", _RANGE, wanted, "10.40.0.0/16")
    away = reader.text("standbyNetwork", _RANGE, wanted, "10.41.0.0/16")
    for key, value in (("primaryNetwork", home), ("standbyNetwork", away)):
        try:
            private = ipaddress.ip_network(value).is_private
        except ValueError:
            private = False
        if not private:
            reader.refuse(key, f"is {value}: use {wanted}")
    if home == away:
        reader.refuse("standbyNetwork", f"is {away}, the primary's too: peered networks must not overlap")
    return home, away


class Network(pulumi.ComponentResource):
    """`private` subnets in `zones` zones. With `outbound`, also `public` ones, an internet gateway and one
    NAT gateway: one, not one a zone, because what goes out from here can wait for a zone to return, and each
    costs about as much as a small database. S3 and DynamoDB are reached by gateway endpoints, free of charge.
    """

    def __init__(self, region: RegionContext, cidr: str, *, zones: int = 2, outbound: bool = False) -> None:
        super().__init__("drctl:infra:Network", region.name("network"), None, pulumi.ResourceOptions())
        self.region = region
        self.cidr = cidr
        self.vpc = aws.ec2.Vpc(
            region.name("vpc"),
            cidr_block=cidr,
            enable_dns_hostnames=True,
            enable_dns_support=True,
            tags=region.tags(Name=region.name("vpc")),
            opts=region.options(self),
        )
        # Adopted and emptied: nothing is let in or out for having forgotten to name a group.
        aws.ec2.DefaultSecurityGroup(
            region.name("default"),
            vpc_id=self.vpc.id,
            ingress=[],
            egress=[],
            tags=region.tags(Name=region.name("default")),
            opts=region.options(self),
        )
        self._zones = aws.get_availability_zones_output(
            state="available",
            # Without local zones, which have few services.
            filters=[{"name": "opt-in-status", "values": ["opt-in-not-required"]}],
            opts=pulumi.InvokeOutputOptions(parent=self, provider=region.provider),
        ).names
        blocks = [str(n) for n in ipaddress.ip_network(cidr).subnets(new_prefix=20)]
        self.private = [self._subnet(f"private-{i + 1}", i, blocks[i]) for i in range(zones)]
        self.private_routes = self._routes("private", self.private)
        self.public: list[aws.ec2.Subnet] = []
        self._outbound: aws.ec2.Route | None = None
        if outbound:
            # Past those that more private zones could ever need.
            self.public = [self._subnet(f"public-{i + 1}", i, blocks[8 + i]) for i in range(zones)]
            self._way_out()
        self._endpoints()
        self.register_outputs({"vpcId": self.vpc.id})

    @property
    def private_ids(self) -> list[pulumi.Output[str]]:
        """The private subnets' ids."""
        return [s.id for s in self.private]

    @property
    def outbound(self) -> aws.ec2.Route:
        """What a machine must wait for that needs the world when it starts."""
        if self._outbound is None:
            raise ValueError(f"the network in {self.region.code} has no way out")
        return self._outbound

    def _subnet(self, thing: str, zone: int, block: str) -> aws.ec2.Subnet:
        return aws.ec2.Subnet(
            self.region.name(thing),
            vpc_id=self.vpc.id,
            cidr_block=block,
            availability_zone=self._zones[zone],
            map_public_ip_on_launch=False,
            tags=self.region.tags(Name=self.region.name(thing)),
            opts=self.region.options(self),
        )

    def _routes(self, thing: str, subnets: list[aws.ec2.Subnet]) -> aws.ec2.RouteTable:
        # Routes are resources of their own: peering adds some.
        table = aws.ec2.RouteTable(
            self.region.name(f"{thing}-routes"),
            vpc_id=self.vpc.id,
            tags=self.region.tags(Name=self.region.name(f"{thing}-routes")),
            opts=self.region.options(self),
        )
        for i, subnet in enumerate(subnets):
            aws.ec2.RouteTableAssociation(
                self.region.name(f"{thing}-{i + 1}-routes"),
                subnet_id=subnet.id,
                route_table_id=table.id,
                opts=self.region.options(self),
            )
        return table

    def _way_out(self) -> None:
        region = self.region
        gateway = aws.ec2.InternetGateway(
            region.name("internet"),
            vpc_id=self.vpc.id,
            tags=region.tags(Name=region.name("internet")),
            opts=region.options(self),
        )
        table = self._routes("public", self.public)
        out = aws.ec2.Route(
            region.name("public-internet"),
            route_table_id=table.id,
            destination_cidr_block="0.0.0.0/0",
            gateway_id=gateway.id,
            opts=region.options(self),
        )
        address = aws.ec2.Eip(
            region.name("nat"),
            domain="vpc",
            tags=region.tags(Name=region.name("nat")),
            opts=region.options(self, depends_on=[gateway]),
        )
        nat = aws.ec2.NatGateway(
            region.name("nat"),
            allocation_id=address.id,
            subnet_id=self.public[0].id,
            tags=region.tags(Name=region.name("nat")),
            opts=region.options(self, depends_on=[out]),
        )
        self._outbound = aws.ec2.Route(
            region.name("private-nat"),
            route_table_id=self.private_routes.id,
            destination_cidr_block="0.0.0.0/0",
            nat_gateway_id=nat.id,
            opts=region.options(self),
        )

    def _endpoints(self) -> None:
        self.endpoints = {
            service: aws.ec2.VpcEndpoint(
                self.region.name(service),
                vpc_id=self.vpc.id,
                service_name=f"com.amazonaws.{self.region.code}.{service}",
                vpc_endpoint_type="Gateway",
                route_table_ids=[self.private_routes.id],
                tags=self.region.tags(Name=self.region.name(service)),
                opts=self.region.options(self),
            )
            for service in ("s3", "dynamodb")
        }
