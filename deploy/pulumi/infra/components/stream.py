"""A Kinesis stream: what came in, in the order it came for each partition key, kept for a while."""

import pulumi
import pulumi_aws as aws

from ..reader import Reader
from ..regions import RegionContext
from .keys import Key


def shards(reader: Reader) -> int:
    """How many a stack wants; 0 lets Kinesis scale by itself (up to 200 MB/s), which costs more where the
    load is steady. One takes 1000 records or 1 MB a second."""
    return reader.number("streamShards", 0, 500, 0)


class Stream(pulumi.ComponentResource):
    """Kept for three days: a fault in what reads it can be mended over a weekend, and the readings still be
    taken."""

    def __init__(self, region: RegionContext, thing: str, key: Key, shard_count: int) -> None:
        super().__init__("drctl:infra:Stream", region.name(thing), None)
        self.region = region
        stream = aws.kinesis.Stream(
            region.name(thing),
            name=region.name(thing),
            stream_mode_details={"stream_mode": "PROVISIONED" if shard_count else "ON_DEMAND"},
            shard_count=shard_count or None,
            retention_period=72,
            encryption_type="KMS",
            kms_key_id=key.arn,
            enforce_consumer_deletion=not region.settings.production,
            tags=region.tags(),
            opts=region.options(self, protect=region.settings.production),
        )
        self.arn: pulumi.Output[str] = stream.arn
        self.name: pulumi.Output[str] = stream.name
        self.register_outputs({"arn": stream.arn})
