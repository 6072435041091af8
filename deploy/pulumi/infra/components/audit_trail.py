"""Who did what in the account: CloudTrail into a bucket that outlives the year, and a log that can be
searched."""

from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .bucket import Bucket
from .keys import Key
from .log import log_group

SERVICE = "cloudtrail.amazonaws.com"
KEEP_DAYS = 400
SEARCH_DAYS = 90


class AuditTrail(pulumi.ComponentResource):
    """In each Region one, and each hears all Regions: the loss of a Region, its bucket included, leaves the
    whole record in the other. The second copy of management events costs 2 dollars for 100,000."""

    def __init__(self, region: RegionContext, key: Key) -> None:
        super().__init__("drctl:infra:AuditTrail", region.name("trail"), None)
        name = region.name("trail")
        trail = pulumi.Output.format(
            "arn:aws:cloudtrail:{0}:{1}:trail/{2}", region.code, region.account, name
        )
        self.bucket = Bucket(
            region,
            "trail",
            key,
            grants=lambda bucket: _writers(region, bucket, trail),
            expire_days=KEEP_DAYS,
        )
        log = log_group(self, region, "trail", "/cloudtrail", key, days=SEARCH_DAYS)
        streams = log.arn.apply(lambda arn: f"{arn}:*")
        writes = iam.Statement("WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [streams])
        role = iam.role(region, "trail", SERVICE, {"log": [writes]}, self, source_account=True)
        made = aws.cloudtrail.Trail(
            name,
            name=name,
            s3_bucket_name=self.bucket.name,
            kms_key_id=key.arn,
            is_multi_region_trail=True,
            include_global_service_events=True,
            # Whether a file was changed afterwards can be proven.
            enable_log_file_validation=True,
            cloud_watch_logs_group_arn=streams,
            cloud_watch_logs_role_arn=role.arn,
            tags=region.tags(),
            # CloudTrail tries whether it may write before it begins.
            opts=region.options(self, depends_on=[self.bucket.policy, role]),
        )
        self.arn: pulumi.Output[str] = made.arn
        self.register_outputs({"arn": made.arn})


def _writers(
    region: RegionContext, bucket: pulumi.Output[str], trail: pulumi.Output[str]
) -> list[Mapping[str, Any]]:
    """CloudTrail, for this one trail."""
    ours = {"aws:SourceArn": trail}
    files = pulumi.Output.concat(bucket, "/AWSLogs/", region.account, "/*")
    owned = {"s3:x-amz-acl": "bucket-owner-full-control", **ours}
    return [
        {
            "Sid": "TrailLooks",
            "Effect": "Allow",
            "Principal": {"Service": SERVICE},
            "Action": "s3:GetBucketAcl",
            "Resource": bucket,
            "Condition": {"StringEquals": ours},
        },
        {
            "Sid": "TrailWrites",
            "Effect": "Allow",
            "Principal": {"Service": SERVICE},
            "Action": "s3:PutObject",
            "Resource": files,
            "Condition": {"StringEquals": owned},
        },
    ]
