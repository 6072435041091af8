"""A Region's shop: tasks behind a load balancer, with the database and the media that they serve."""

from dataclasses import dataclass

import pulumi

from .. import iam
from ..regions import RegionContext
from .bucket import Bucket
from .container_service import Behind, ContainerService, Reach
from .container_settings import ContainerSettings
from .endpoint_failover import Endpoint
from .existing_secret import ExistingSecret, may_read
from .keys import Key
from .load_balancer import HEALTH, Listening, LoadBalancer
from .network import Network

DATABASE_PORT = 5432
TASK_PORT = 8443


@dataclass(frozen=True)
class Stock:
    """What a Region's tasks use. `host` is the clients' name for the writer, which follows a failover."""

    host: pulumi.Input[str]
    database: str
    secret: str
    media: Bucket
    key: Key


class Storefront(pulumi.ComponentResource):
    """`endpoint` is what the shop's public name leads to."""

    def __init__(
        self,
        network: Network,
        peer: Network,
        settings: ContainerSettings,
        certificate_arn: pulumi.Input[str],
        stock: Stock,
    ) -> None:
        region = network.region
        super().__init__("drctl:infra:Storefront", region.name("storefront"), None)
        self.balancer = LoadBalancer(network, "web", certificate_arn, Listening(TASK_PORT))
        secret = ExistingSecret.find(self, region, stock.secret)
        self.service = ContainerService(
            network,
            "web",
            settings,
            stock.key,
            environment={
                "DATABASE_HOST": stock.host,
                "DATABASE_NAME": stock.database,
                # Its name, not its value: read anew with each connection, a rotated one is no surprise.
                "DATABASE_SECRET": secret.name,
                "MEDIA_BUCKET": stock.media.name,
                "PORT": str(TASK_PORT),
            },
            may=[*may_read(region, [secret]), *_media(region, stock)],
            reaches=[
                Reach("aws", 443, ("0.0.0.0/0",)),
                # The writer is in either Region.
                Reach("database", DATABASE_PORT, (network.cidr, peer.cidr)),
            ],
            behind=Behind(self.balancer.targets, TASK_PORT, self.balancer.listener),
        )
        self.balancer.lead_to(self, self.service.group)
        self.endpoint = Endpoint(
            check="HTTPS",
            host=self.balancer.host,
            port=443,
            path=HEALTH,
            target=self.balancer.host,
            target_zone=self.balancer.zone_id,
        )
        self.register_outputs({"host": self.balancer.host})


def _media(region: RegionContext, stock: Stock) -> list[iam.Statement]:
    via = {"StringEquals": {"kms:ViaService": f"s3.{region.code}.amazonaws.com"}}
    return [
        iam.Statement("ListMedia", ["s3:ListBucket"], [stock.media.arn]),
        iam.Statement("UseMedia", ["s3:GetObject", "s3:PutObject"], [iam.objects(stock.media.arn)]),
        iam.Statement("UseKey", ["kms:Decrypt", "kms:GenerateDataKey"], [stock.key.arn], conditions=via),
    ]
