"""What reads the stream: the function that keeps the machines' state, what makes it run, and where records go
that it could not take."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .alarm import ABOVE, Limit, alarm
from .function import Function
from .global_table import GlobalTable
from .keys import Key
from .stream import Stream

SOURCE = "stream_processor"
NAMESPACE = "drctl/plant"
# A batch that fails so long is set aside, so that the ones behind it come on. Five minutes outlast a
# throttled table and a new version of the function.
OLDEST_SECONDS = 300

# The standby's stream is empty, and has nothing to say.
BEHIND = Limit(
    "processing-behind",
    "AWS/Lambda",
    "IteratorAge",
    "Maximum",
    ABOVE,
    60_000,
    3,
    "the stream's processing is more than a minute behind",
)
ASIDE = Limit(
    "records-aside",
    "AWS/SQS",
    "ApproximateNumberOfMessagesVisible",
    "Maximum",
    ABOVE,
    0,
    3,
    "records were set aside that could not be processed",
)


@dataclass(frozen=True)
class Processed:
    """The stream, and the table that it ends in."""

    stream: Stream
    table: GlobalTable
    key: Key


class StreamProcessing(pulumi.ComponentResource):
    """Up to 4 batches of a shard at a time: records of one partition key stay in order. Its alarms tell
    `topic` when it falls behind, and when anything was set aside."""

    def __init__(self, region: RegionContext, processed: Processed, topic: pulumi.Input[str]) -> None:
        super().__init__("drctl:infra:StreamProcessing", region.name("processing"), None)
        self._region = region
        stream, table, key = processed.stream, processed.table, processed.key
        aside = self._aside(key)
        self.function = Function(
            region,
            SOURCE,
            environment={"TABLE": table.name, "STREAM": stream.name, "NAMESPACE": NAMESPACE},
            statements=_statements(region, processed, aside.arn),
            key=key,
            timeout_seconds=60,
        )
        aws.lambda_.EventSourceMapping(
            region.name("processing"),
            event_source_arn=stream.arn,
            function_name=self.function.function.arn,
            starting_position="TRIM_HORIZON",
            batch_size=500,
            # Or a second, whichever comes first: what is hot must be fresh.
            maximum_batching_window_in_seconds=1,
            parallelization_factor=4,
            bisect_batch_on_function_error=True,
            function_response_types=["ReportBatchItemFailures"],
            maximum_record_age_in_seconds=OLDEST_SECONDS,
            maximum_retry_attempts=100,
            destination_config={"on_failure": {"destination_arn": aside.arn}},
            tags=region.tags(),
            # Lambda tries the role's permissions before it begins.
            opts=region.options(self, depends_on=[self.function]),
        )
        of = {"FunctionName": self.function.function.name}
        alarm(self, region, BEHIND, of, topic)
        alarm(self, region, ASIDE, {"QueueName": aside.name}, topic)
        self.register_outputs({})

    def _aside(self, key: Key) -> aws.sqs.Queue:
        """Where the records were, not the records: they stay in the stream for three days."""
        region = self._region
        queue = aws.sqs.Queue(
            region.name("aside"),
            name=region.name("aside"),
            kms_master_key_id=key.arn,
            message_retention_seconds=14 * 86_400,
            tags=region.tags(),
            opts=region.options(self),
        )
        closed = {"Version": "2012-10-17", "Statement": [iam.tls_alone("sqs:*", queue.arn)]}
        aws.sqs.QueuePolicy(
            region.name("aside"),
            queue_url=queue.id,
            policy=pulumi.Output.json_dumps(closed),
            opts=region.options(self),
        )
        return queue


def _statements(
    region: RegionContext, processed: Processed, aside: pulumi.Output[str]
) -> list[iam.Statement]:
    services = ("dynamodb", "kinesis", "sqs")
    reading = ["DescribeStream", "DescribeStreamSummary", "GetRecords", "GetShardIterator", "ListShards"]
    return [
        iam.Statement("ReadStream", [f"kinesis:{a}" for a in reading], [processed.stream.arn]),
        iam.Statement(
            "KeepState",
            ["dynamodb:BatchGetItem", "dynamodb:PutItem"],
            [processed.table.arns[region.code]],
        ),
        iam.Statement("SetAside", ["sqs:SendMessage"], [aside]),
        iam.Statement(
            "UseKey",
            ["kms:Decrypt", "kms:GenerateDataKey"],
            [processed.key.arn],
            conditions={
                "StringEquals": {"kms:ViaService": [f"{s}.{region.code}.amazonaws.com" for s in services]}
            },
        ),
    ]
