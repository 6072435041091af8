"""A bucket as all of them are here: versions, the Region's key, closed to the public, TLS only."""

import hashlib

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .keys import Key


class Bucket(pulumi.ComponentResource):
    """`keep_days` is for how long an object's old versions are kept. `versioning` is what replication waits
    for."""

    def __init__(self, region: RegionContext, thing: str, key: Key, *, keep_days: int = 90) -> None:
        super().__init__("drctl:infra:Bucket", region.name(thing), None)
        self.region = region
        production = region.settings.production
        bucket = aws.s3.BucketV2(
            region.name(thing),
            bucket=worldwide(region, thing),
            force_destroy=not production,
            tags=region.tags(),
            opts=region.options(self, protect=production),
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
        aws.s3.BucketPolicy(
            region.name(thing),
            bucket=bucket.id,
            policy=_tls_only(bucket.arn),
            # S3 refuses two changes of a bucket's access at the same time.
            opts=region.options(self, depends_on=[closed]),
        )
        aws.s3.BucketLifecycleConfigurationV2(
            region.name(thing),
            bucket=bucket.id,
            rules=[
                {
                    "id": "old-versions",
                    "status": "Enabled",
                    "filter": {"prefix": ""},
                    "noncurrent_version_expiration": {"noncurrent_days": keep_days},
                    "abort_incomplete_multipart_upload": {"days_after_initiation": 7},
                }
            ],
            opts=region.options(self, depends_on=[self.versioning]),
        )
        self.register_outputs({"name": bucket.id})


def worldwide(region: RegionContext, thing: str) -> pulumi.Output[str]:
    """Bucket names are shared by all of AWS. A few letters made from the account keep ours free without
    telling the account."""

    def ending(account: str) -> str:
        return f"{region.name(thing)}-{hashlib.sha256(account.encode()).hexdigest()[:8]}"

    return region.account.apply(ending)


def _tls_only(arn: pulumi.Output[str]) -> pulumi.Output[str]:
    statement = {
        "Sid": "EncryptedInTransit",
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [arn, iam.objects(arn)],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }
    return pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": [statement]})
