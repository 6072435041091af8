"""Where verdicts go: the global table, and the buckets for receipts and for the audit log."""

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from .rules import Payment

# Three questions within the function's 15 s, each tried twice.
BOUNDED = Config(connect_timeout=1, read_timeout=1, retries={"total_max_attempts": 2, "mode": "standard"})


class Taken(Exception):
    """Another payment has this name already."""


@dataclass(frozen=True)
class Claim:
    """Whether the payment is new or a retry, and when it was accepted first."""

    new: bool
    at: datetime


@dataclass(frozen=True)
class Store:
    """One Region's table and buckets."""

    table: str
    receipts: str
    audit: str
    region: str
    dynamodb: Any
    s3: Any

    @classmethod
    def of_environment(cls) -> "Store":
        """As the stack set it up."""
        return cls(
            table=os.environ["TABLE"],
            receipts=os.environ["RECEIPTS"],
            audit=os.environ["AUDIT"],
            region=os.environ["AWS_REGION"],
            dynamodb=boto3.client("dynamodb", config=BOUNDED),
            s3=boto3.client("s3", config=BOUNDED),
        )

    def claim(self, payment: Payment, now: datetime) -> Claim:
        """Keeps the payment's name for it. Raises Taken.

        The condition sees this Region's copy alone. A client that retries in the other Region within the
        second before the copy is there writes the same item again: it holds nothing but what was asked for,
        when and where, so that the later write loses nothing.
        """
        item = {
            "paymentId": {"S": payment.payment_id},
            "digest": {"S": payment.digest},
            "amount": {"N": str(payment.amount)},
            "currency": {"S": payment.currency},
            "payer": {"S": payment.payer},
            "payee": {"S": payment.payee},
            "acceptedAt": {"S": now.isoformat(timespec="milliseconds")},
            "acceptedIn": {"S": self.region},
        }
        try:
            self.dynamodb.put_item(
                TableName=self.table,
                Item=item,
                ConditionExpression="attribute_not_exists(paymentId)",
                ReturnValuesOnConditionCheckFailure="ALL_OLD",
            )
        except ClientError as refused:
            if refused.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            kept = refused.response["Item"]
            if kept["digest"] != item["digest"]:
                raise Taken from refused
            return Claim(new=False, at=datetime.fromisoformat(kept["acceptedAt"]["S"]))
        return Claim(new=True, at=now)

    def write_receipt(self, payment: Payment, accepted: datetime) -> None:
        """The same key and bytes whenever it is written: a retry does not make two."""
        body = {**asdict(payment), "digest": payment.digest}
        self._put(self.receipts, f"{accepted:%Y/%m/%d}/{payment.payment_id}.json", body)

    def write_audit(self, request_id: str, verdict: str, details: dict[str, Any], now: datetime) -> None:
        """One object for each request and Region; never written twice."""
        body = {"at": now.isoformat(), "region": self.region, "request": request_id, "verdict": verdict}
        self._put(self.audit, f"{now:%Y/%m/%d}/{self.region}/{request_id}.json", {**body, **details})

    def answers(self) -> bool:
        """Whether this Region can take a payment: its table answers. The item need not exist."""
        self.dynamodb.get_item(TableName=self.table, Key={"paymentId": {"S": "health"}})
        return True

    def _put(self, bucket: str, key: str, body: dict[str, Any]) -> None:
        # The bucket's own default encrypts it with the Region's key.
        self.s3.put_object(
            Bucket=bucket,
            Key=key,
            Body=json.dumps(body, sort_keys=True).encode(),
            ContentType="application/json",
        )


def utc_now() -> datetime:
    """Receipts and audit records carry UTC."""
    return datetime.now(UTC)
