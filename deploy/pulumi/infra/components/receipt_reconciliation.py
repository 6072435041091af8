"""What fetches the records that replication left behind, by a role of the other Region that it may assume.

Two roles, so that neither Region's function holds permissions in both: the function's own role writes here,
and the other Region's reader reads there. That one trusts this function's role and nobody else, and reads the
two buckets alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext, Regions
from .alarm import ABOVE, Limit, alarm
from .function import Function
from .keys import Key
from .replicated_bucket import ReplicatedBucket

SOURCE = "receipt_reconciliation"
NAMESPACE = "drctl/receipts"
READER = "records-reader"


@dataclass(frozen=True)
class Records:
    """What both Regions should hold alike."""

    buckets: tuple[ReplicatedBucket, ...]
    keys: Mapping[str, Key]


class ReceiptReconciliation(pulumi.ComponentResource):
    """Each Region fetches from the other, every hour. More than none missing is an alarm: replication is
    failing."""

    def __init__(self, regions: Regions, records: Records, topics: Mapping[str, pulumi.Input[str]]) -> None:
        super().__init__("drctl:infra:ReceiptReconciliation", regions.home.name("reconciliation"), None)
        self._records = records
        functions = {here.code: self._function(here, there) for here, there in regions.pairs}
        for here, there in regions.pairs:
            self._reader(there, functions[here.code])
            alarm(self, here, _missing(there), {"Peer": there.code}, topics[here.code])
        self.functions = functions
        self.register_outputs({})

    def _function(self, here: RegionContext, there: RegionContext) -> Function:
        buckets = [(b.buckets[there.code], b.buckets[here.code]) for b in self._records.buckets]
        pairs = [{"theirs": theirs.name, "ours": ours.name} for theirs, ours in buckets]
        # By its name: the role over there names this function's role, which therefore must exist before it.
        reader = there.account.apply(lambda a: f"arn:aws:iam::{a}:role/{there.name(READER)}")
        key = self._records.keys[here.code]
        ours = [o for _, o in buckets]
        function = Function(
            here,
            SOURCE,
            environment={
                "PAIRS": pulumi.Output.json_dumps(pairs),
                "PEER_REGION": there.code,
                "PEER_ROLE": reader,
                "NAMESPACE": NAMESPACE,
            },
            statements=[
                iam.Statement("ReadThere", ["sts:AssumeRole"], [reader]),
                iam.Statement("ListHere", ["s3:ListBucket"], [o.arn for o in ours]),
                iam.Statement("WriteHere", ["s3:PutObject"], [iam.objects(o.arn) for o in ours]),
                _use(key, here, "kms:Decrypt", "kms:GenerateDataKey"),
            ],
            key=key,
            timeout_seconds=300,
        )
        function.every("1 hour")
        return function

    def _reader(self, region: RegionContext, function: Function) -> None:
        """The role in `region` that the other one's function assumes."""
        trust = {
            "Effect": "Allow",
            "Principal": {"AWS": function.role.arn},
            "Action": "sts:AssumeRole",
            # What the function calls itself, so that the account's log of calls says what it was taken for.
            "Condition": {"StringEquals": {"sts:RoleSessionName": "receipt-reconciliation"}},
        }
        role = aws.iam.Role(
            region.name(READER),
            name=region.name(READER),
            assume_role_policy=pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": [trust]}),
            max_session_duration=3600,
            tags=region.tags(),
            opts=region.options(self),
        )
        buckets = [b.buckets[region.code].arn for b in self._records.buckets]
        aws.iam.RolePolicy(
            region.name(READER),
            name=region.name("read"),
            role=role.id,
            policy=iam.document(
                [
                    iam.Statement("List", ["s3:ListBucket"], buckets),
                    iam.Statement("Read", ["s3:GetObject"], [iam.objects(b) for b in buckets]),
                    _use(self._records.keys[region.code], region, "kms:Decrypt"),
                ]
            ),
            opts=region.options(self),
        )


def _missing(there: RegionContext) -> Limit:
    why = f"records of {there.code} had not been replicated here, and were fetched"
    # While the other Region is gone there is nothing to compare with.
    silence = "ignore"
    return Limit("records-missing", NAMESPACE, "Missing", "Maximum", ABOVE, 0, 1, why, silence, period=3600)


def _use(key: Key, region: RegionContext, *actions: str) -> iam.Statement:
    return iam.Statement(
        "UseKey",
        actions,
        [key.arn],
        conditions={"StringEquals": {"kms:ViaService": f"s3.{region.code}.amazonaws.com"}},
    )
