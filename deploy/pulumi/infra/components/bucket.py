"""A bucket as all of them are here: versions, the Region's key, closed to the public, TLS only."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .keys import Key

# What besides IAM lets somebody in, from the bucket's ARN: an AWS service that writes here.
Grants = Callable[[pulumi.Output[str]], Sequence[Mapping[str, Any]]]


class Bucket(pulumi.ComponentResource):
    """`keep_days` is for how long an object's old versions are kept, `expire_days` for how long an object is
    (left out: for ever). `versioning` is what replication waits for. One that is not `lasting` holds nothing
    but what the program puts there: production does not keep it, and a change of roles may delete it."""

    def __init__(
        self,
        region: RegionContext,
        thing: str,
        key: Key,
        *,
        keep_days: int = 90,
        grants: Grants | None = None,
        expire_days: int | None = None,
        lasting: bool = True,
    ) -> None:
        super().__init__("drctl:infra:Bucket", region.name(thing), None)
        self.region = region
        kept = lasting and region.settings.production
        bucket = aws.s3.BucketV2(
            region.name(thing),
            bucket=worldwide(region, thing),
            force_destroy=not kept,
            tags=region.tags(),
            opts=region.options(self, protect=kept),
        )
        self.name: pulumi.Output[str] = bucket.id
        self.arn: pulumi.Output[str] = bucket.arn
        self.versioning = aws.s3.BucketVersioningV2(
            region.name(thing),
            bucket=bucket.id,
            versioning_configuration={"status": "Enabled"},
            opts=region.options(self),
        )
        aws.s3.BucketServerSideEncryptionConfigurationV2(
            region.name(thing),
            bucket=bucket.id,
            rules=[
                {
                    "apply_server_side_encryption_by_default": {
                        "sse_algorithm": "aws:kms",
                        "kms_master_key_id": key.arn,
                    },
                    # One call to KMS for many objects.
                    "bucket_key_enabled": True,
                }
            ],
            opts=region.options(self),
        )
        closed = aws.s3.BucketPublicAccessBlock(
            region.name(thing),
            bucket=bucket.id,
            block_public_acls=True,
            block_public_policy=True,
            ignore_public_acls=True,
            restrict_public_buckets=True,
            opts=region.options(self),
        )
        aws.s3.BucketOwnershipControls(
            region.name(thing),
            bucket=bucket.id,
            rule={"object_ownership": "BucketOwnerEnforced"},
            opts=region.options(self),
        )
        self.policy = aws.s3.BucketPolicy(
            region.name(thing),
            bucket=bucket.id,
            policy=_policy(bucket.arn, grants(bucket.arn) if grants else []),
            # S3 refuses two changes of a bucket's access at the same time.
            opts=region.options(self, depends_on=[closed]),
        )
        aws.s3.BucketLifecycleConfigurationV2(
            region.name(thing),
            bucket=bucket.id,
            rules=[_ageing(keep_days, expire_days)],
            opts=region.options(self, depends_on=[self.versioning]),
        )
        self.register_outputs({"name": bucket.id})


def _ageing(keep_days: int, expire_days: int | None) -> aws.s3.BucketLifecycleConfigurationV2RuleArgsDict:
    """What leaves the bucket by itself, and when."""
    rule: aws.s3.BucketLifecycleConfigurationV2RuleArgsDict = {
        "id": "old-versions",
        "status": "Enabled",
        "filter": {"prefix": ""},
        "noncurrent_version_expiration": {"noncurrent_days": keep_days},
        "abort_incomplete_multipart_upload": {"days_after_initiation": 7},
    }
    return {**rule, "expiration": {"days": expire_days}} if expire_days else rule


def worldwide(region: RegionContext, thing: str) -> pulumi.Output[str]:
    """Bucket names are shared by all of AWS. A few letters made from the account keep ours free without
    telling the account."""

    def ending(account: str) -> str:
        return f"{region.name(thing)}-{hashlib.sha256(account.encode()).hexdigest()[:8]}"

    return region.account.apply(ending)


def _policy(arn: pulumi.Output[str], grants: Sequence[Mapping[str, Any]]) -> pulumi.Output[str]:
    statement = iam.tls_alone("s3:*", [arn, iam.objects(arn)])
    return pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": [statement, *grants]})
