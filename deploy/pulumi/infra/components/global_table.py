"""A DynamoDB global table: both Regions write, each change reaches the other within about a second.

Where both write the same item at the same time, the later write wins, and a condition is checked against the
local copy alone. So a lock or a counter does not belong here; what is written once under its own key does.
"""

from collections.abc import Mapping
from typing import Literal

import pulumi
import pulumi_aws as aws

from ..regions import Regions
from .keys import Key

AttributeType = Literal["S", "N", "B"]


class GlobalTable(pulumi.ComponentResource):
    """`attributes` are the key's one or two: name to type, partition key first.

    `expires` names the attribute with the time (Unix seconds) at which DynamoDB may delete an item.
    """

    def __init__(
        self,
        regions: Regions,
        thing: str,
        attributes: Mapping[str, AttributeType],
        keys: Mapping[str, Key],
        expires: str | None = None,
    ) -> None:
        home, away = regions.both
        super().__init__("drctl:infra:GlobalTable", home.name(thing), None)
        production = home.settings.production
        names = list(attributes)
        # One name in both Regions: DynamoDB wants it so, and clients need not know where they are.
        self.name = home.short(thing)
        table = aws.dynamodb.Table(
            home.name(thing),
            name=self.name,
            billing_mode="PAY_PER_REQUEST",
            hash_key=names[0],
            range_key=names[1] if len(names) > 1 else None,
            attributes=[{"name": n, "type": t} for n, t in attributes.items()],
            # Replication reads the stream.
            stream_enabled=True,
            stream_view_type="NEW_AND_OLD_IMAGES",
            point_in_time_recovery={"enabled": True},
            server_side_encryption={"enabled": True, "kms_key_arn": keys[home.code].arn},
            ttl={"enabled": True, "attribute_name": expires} if expires else None,
            deletion_protection_enabled=production,
            tags=home.tags(),
            # The replica is a resource of its own, with its Region's tags and key.
            opts=home.options(self, ignore_changes=["replicas"], protect=production),
        )
        replica = aws.dynamodb.TableReplica(
            away.name(thing),
            global_table_arn=table.arn,
            kms_key_arn=keys[away.code].arn,
            point_in_time_recovery=True,
            deletion_protection_enabled=production,
            tags=away.tags(),
            opts=away.options(self, protect=production),
        )
        # By the Region's code: policies name the one that their function writes to.
        self.arns: dict[str, pulumi.Output[str]] = {home.code: table.arn, away.code: replica.arn}
        self.register_outputs({"name": self.name})
