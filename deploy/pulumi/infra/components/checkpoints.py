"""How far a stream's readers have come: the table in which they share the shards among themselves."""

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .keys import Key

# Of the Kinesis Client Library, version 2: its table of leases.
ACTIONS = [
    "dynamodb:DeleteItem",
    "dynamodb:DescribeTable",
    "dynamodb:GetItem",
    "dynamodb:PutItem",
    "dynamodb:Scan",
    "dynamodb:UpdateItem",
]


class Checkpoints(pulumi.ComponentResource):
    """A Region's own, as its stream is: a position in one Region's stream says nothing in the other's."""

    def __init__(self, region: RegionContext, thing: str, key: Key) -> None:
        super().__init__("drctl:infra:Checkpoints", region.name(thing), None)
        table = aws.dynamodb.Table(
            region.name(thing),
            name=region.name(thing),
            billing_mode="PAY_PER_REQUEST",
            hash_key="leaseKey",
            attributes=[{"name": "leaseKey", "type": "S"}],
            server_side_encryption={"enabled": True, "kms_key_arn": key.arn},
            point_in_time_recovery={"enabled": True},
            deletion_protection_enabled=region.settings.production,
            tags=region.tags(),
            opts=region.options(self, protect=region.settings.production),
        )
        self.name: pulumi.Output[str] = table.name
        self.arn: pulumi.Output[str] = table.arn
        self.register_outputs({"name": table.name})

    def may_use(self) -> iam.Statement:
        """What its readers need."""
        return iam.Statement("ShareShards", ACTIONS, [self.arn])
