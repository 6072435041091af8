"""Everything that came in, for good: from the stream into a bucket, as compressed files."""

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .bucket import Bucket
from .keys import Key
from .log import log_group
from .stream import Stream

# One file every 5 minutes or 64 MB: large enough to be read quickly. A Region takes the last 5 minutes with
# it, and brings them back when it returns: the stream keeps them.
SECONDS, MEGABYTES = 300, 64


class History(pulumi.ComponentResource):
    """The bucket is replicated, so each Region's files are in both. Each Region writes below its own code, so
    that neither overwrites the other's."""

    def __init__(self, region: RegionContext, stream: Stream, bucket: Bucket, key: Key) -> None:
        super().__init__("drctl:infra:History", region.name("history-delivery"), None)
        name = region.name("history")
        log = log_group(self, region, "history", "/aws/kinesisfirehose", key)
        errors = aws.cloudwatch.LogStream(name, name=name, log_group_name=log.name, opts=region.options(self))
        role = iam.role(
            region,
            "history-write",
            "firehose.amazonaws.com",
            {"write": _statements(region, stream, bucket, key, log)},
            self,
            source_account=True,
        )
        aws.kinesis.FirehoseDeliveryStream(
            name,
            name=name,
            destination="extended_s3",
            kinesis_source_configuration={"kinesis_stream_arn": stream.arn, "role_arn": role.arn},
            extended_s3_configuration={
                "role_arn": role.arn,
                "bucket_arn": bucket.arn,
                "kms_key_arn": key.arn,
                "buffering_interval": SECONDS,
                "buffering_size": MEGABYTES,
                "compression_format": "GZIP",
                "prefix": f"readings/{region.code}/!{{timestamp:yyyy/MM/dd/HH}}/",
                "error_output_prefix": f"failed/{region.code}/!{{firehose:error-output-type}}/",
                "cloudwatch_logging_options": {
                    "enabled": True,
                    "log_group_name": log.name,
                    "log_stream_name": errors.name,
                },
            },
            tags=region.tags(),
            opts=region.options(self, depends_on=[role]),
        )
        self.register_outputs({})


def _statements(
    region: RegionContext, stream: Stream, bucket: Bucket, key: Key, log: aws.cloudwatch.LogGroup
) -> list[iam.Statement]:
    reading = ["DescribeStream", "GetRecords", "GetShardIterator", "ListShards"]
    services = [f"{s}.{region.code}.amazonaws.com" for s in ("kinesis", "s3")]
    return [
        iam.Statement("ReadStream", [f"kinesis:{a}" for a in reading], [stream.arn]),
        iam.Statement("FindBucket", ["s3:GetBucketLocation", "s3:ListBucket"], [bucket.arn]),
        iam.Statement(
            "WriteFiles",
            ["s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"],
            [iam.objects(bucket.arn)],
        ),
        iam.Statement("SayErrors", ["logs:PutLogEvents"], [pulumi.Output.concat(log.arn, ":*")]),
        iam.Statement(
            "UseKey",
            ["kms:Decrypt", "kms:GenerateDataKey"],
            [key.arn],
            conditions={"StringEquals": {"kms:ViaService": services}},
        ),
    ]
