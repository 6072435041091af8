"""The function that validates payments: in each Region the same, from the same sources."""

from dataclasses import dataclass

import pulumi

from .. import iam
from ..regions import RegionContext
from .bucket import Bucket
from .function import Function, Inside
from .keys import Key
from .network import Network

SOURCE = "payment_validation"


@dataclass(frozen=True)
class PaymentStores:
    """Where one Region's verdicts go."""

    table: str
    table_arn: pulumi.Output[str]
    receipts: Bucket
    audit: Bucket
    key: Key


def payment_validation(region: RegionContext, stores: PaymentStores, network: Network) -> Function:
    """In the private subnets, with no way out but the two services that it needs."""
    return Function(
        region,
        SOURCE,
        environment={
            "TABLE": stores.table,
            "RECEIPTS": stores.receipts.name,
            "AUDIT": stores.audit.name,
        },
        statements=_statements(region, stores),
        key=stores.key,
        timeout_seconds=15,
        inside=Inside(network, services=("s3", "dynamodb")),
    )


def _statements(region: RegionContext, stores: PaymentStores) -> list[iam.Statement]:
    """It adds, and never changes nor deletes: not even its own receipts can it read back."""
    buckets = (stores.receipts, stores.audit)
    via = [f"{service}.{region.code}.amazonaws.com" for service in ("s3", "dynamodb")]
    return [
        iam.Statement("ClaimPayments", ["dynamodb:GetItem", "dynamodb:PutItem"], [stores.table_arn]),
        iam.Statement("WriteRecords", ["s3:PutObject"], [iam.objects(b.arn) for b in buckets]),
        iam.Statement(
            "UseKey",
            ["kms:Decrypt", "kms:GenerateDataKey"],
            [stores.key.arn],
            conditions={"StringEquals": {"kms:ViaService": via}},
        ),
    ]
