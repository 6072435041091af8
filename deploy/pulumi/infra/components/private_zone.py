"""A hosted zone that only the two networks see."""

import pulumi
import pulumi_aws as aws

from ..regions import Regions
from .network import Network


class PrivateZone(pulumi.ComponentResource):
    """`id` of the zone `name`. Health checks on alarms work for its failover records as for public ones."""

    def __init__(self, regions: Regions, name: str, home: Network, away: Network) -> None:
        super().__init__("drctl:infra:PrivateZone", regions.home.name("zone"), None)
        self.name = name
        zone = aws.route53.Zone(
            regions.home.name("zone"),
            name=name,
            comment="names of the system's own",
            force_destroy=not regions.home.settings.production,
            vpcs=[{"vpc_id": n.vpc.id, "vpc_region": n.region.code} for n in (home, away)],
            tags=regions.home.tags(),
            opts=regions.home.options(self),
        )
        self.id: pulumi.Output[str] = zone.zone_id
        self.register_outputs({"id": zone.zone_id})
