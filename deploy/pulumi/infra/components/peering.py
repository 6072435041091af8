"""The private way between the two Regions: clients and the controller reach the writer on either side."""

import pulumi
import pulumi_aws as aws

from .network import Network


class Peering(pulumi.ComponentResource):
    """Home asks, away accepts; both learn the route to the other's range."""

    def __init__(self, home: Network, away: Network) -> None:
        super().__init__("drctl:infra:Peering", home.region.name("peering"), None, pulumi.ResourceOptions())
        asked = aws.ec2.VpcPeeringConnection(
            home.region.name("peering"),
            vpc_id=home.vpc.id,
            peer_vpc_id=away.vpc.id,
            peer_region=away.region.code,
            # A connection to another Region cannot be accepted by the one that asks.
            auto_accept=False,
            tags=home.region.tags(Name=home.region.name("peering")),
            opts=home.region.options(self),
        )
        accepted = aws.ec2.VpcPeeringConnectionAccepter(
            away.region.name("peering"),
            vpc_peering_connection_id=asked.id,
            auto_accept=True,
            tags=away.region.tags(Name=away.region.name("peering")),
            opts=away.region.options(self),
        )
        for here, there in ((home, away), (away, home)):
            aws.ec2.Route(
                here.region.name("to-peer"),
                route_table_id=here.private_routes.id,
                destination_cidr_block=there.cidr,
                vpc_peering_connection_id=asked.id,
                opts=here.region.options(self, depends_on=[accepted]),
            )
        self.register_outputs({"id": asked.id})
