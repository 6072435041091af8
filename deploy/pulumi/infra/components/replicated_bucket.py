"""A bucket in each Region, and each object in both.

Replication goes both ways from the start, so that whoever writes, wherever, is protected: a change of roles
changes nothing here, and what was written during an outage flows back by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext, Regions
from .bucket import Bucket
from .keys import Key


@dataclass(frozen=True)
class _Side:
    """A Region's bucket with the key that encrypts it."""

    bucket: Bucket
    key: Key

    @property
    def region(self) -> RegionContext:
        return self.bucket.region


class ReplicatedBucket(pulumi.ComponentResource):
    """`buckets` by the Region's code. `keep_days` is for how long an object's old versions are kept."""

    def __init__(self, regions: Regions, thing: str, keys: Mapping[str, Key], *, keep_days: int = 90) -> None:
        super().__init__("drctl:infra:ReplicatedBucket", regions.home.name(thing), None)
        self._thing = thing
        home, away = (
            _Side(Bucket(r, thing, keys[r.code], keep_days=keep_days), keys[r.code]) for r in regions.both
        )
        self.buckets: dict[str, Bucket] = {s.region.code: s.bucket for s in (home, away)}
        self._replicate(home, away)
        self._replicate(away, home)
        self.register_outputs({code: bucket.name for code, bucket in self.buckets.items()})

    def _replicate(self, source: _Side, target: _Side) -> None:
        region = source.region
        role = iam.role(
            region,
            f"{self._thing}-copy",
            "s3.amazonaws.com",
            {"copy": _copying(source, target)},
            self,
            source_account=True,
        )
        aws.s3.BucketReplicationConfig(
            region.name(self._thing),
            role=role.arn,
            bucket=source.bucket.name,
            rules=[
                {
                    "id": f"to-{target.region.code}",
                    "status": "Enabled",
                    "priority": 1,
                    "filter": {},
                    # A deletion that was a mistake is not repeated over there.
                    "delete_marker_replication": {"status": "Disabled"},
                    "source_selection_criteria": {
                        "sse_kms_encrypted_objects": {"status": "Enabled"},
                        # Both ways: a tag or lock set on a copy flows back to its original.
                        "replica_modifications": {"status": "Enabled"},
                    },
                    "destination": {
                        "bucket": target.bucket.arn,
                        "storage_class": "STANDARD",
                        "encryption_configuration": {"replica_kms_key_id": target.key.arn},
                        # Replication Time Control: 99.9 % within 15 minutes, and a metric of how far behind.
                        "replication_time": {"status": "Enabled", "time": {"minutes": 15}},
                        "metrics": {"status": "Enabled", "event_threshold": {"minutes": 15}},
                    },
                }
            ],
            # S3 refuses it while either side has no versions.
            opts=region.options(self, depends_on=[source.bucket.versioning, target.bucket.versioning]),
        )


def _copying(source: _Side, target: _Side) -> list[iam.Statement]:
    """What S3 may do on behalf of the replication: read here with our key, write there with theirs."""
    objects, copies = iam.objects(source.bucket.arn), iam.objects(target.bucket.arn)
    return [
        iam.Statement(
            "ReadConfiguration", ["s3:GetReplicationConfiguration", "s3:ListBucket"], [source.bucket.arn]
        ),
        iam.Statement(
            "ReadObjects",
            [
                "s3:GetObjectVersionAcl",
                "s3:GetObjectVersionForReplication",
                "s3:GetObjectVersionTagging",
            ],
            [objects],
        ),
        iam.Statement("WriteCopies", ["s3:ReplicateObject", "s3:ReplicateTags"], [copies]),
        iam.Statement("ReadKey", ["kms:Decrypt"], [source.key.arn], conditions=_via_s3(source)),
        iam.Statement("WriteKey", ["kms:Encrypt"], [target.key.arn], conditions=_via_s3(target)),
    ]


def _via_s3(side: _Side) -> dict[str, dict[str, str]]:
    return {"StringEquals": {"kms:ViaService": f"s3.{side.region.code}.amazonaws.com"}}
