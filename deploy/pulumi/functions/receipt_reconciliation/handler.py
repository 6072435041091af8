"""Fetches what the other Region has and this one lacks.

S3 gives up on an object whose copy failed, and what was written just before a Region was lost is still only
there. This looks at yesterday's and today's objects over there, by a role of that Region which it may assume,
and copies what is missing here. How many those were is a metric, and an alarm.
"""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

BOUNDED = Config(connect_timeout=2, read_timeout=5, retries={"total_max_attempts": 3, "mode": "standard"})
# No further object is begun after this. One more takes two questions of at most 3 tries and 7 s each, 42 s
# and the pauses between them; the function has 300 s.
BUDGET_SECONDS = 220.0
# Younger ones may be on their way still: replication is promised within 15 minutes.
SETTLED = timedelta(minutes=20)


@dataclass(frozen=True)
class Pair:
    """A bucket over there, and its twin here."""

    theirs: str
    ours: str


def handler(event: Any, context: Any) -> dict[str, int]:
    """One round. What was found is returned, and said as a metric."""
    deadline = time.monotonic() + BUDGET_SECONDS
    ours = boto3.client("s3", config=BOUNDED)
    theirs = peer_client()
    pairs = [Pair(**p) for p in json.loads(os.environ["PAIRS"])]
    counts = reconcile(ours, theirs, pairs, datetime.now(UTC), deadline)
    print(sample(counts, time.time()))
    return counts


def peer_client() -> Any:
    """S3 over there, by the role that lets us read and nothing else."""
    region = os.environ["PEER_REGION"]
    # The Region's own endpoint of STS: the global one is one more thing that may be down.
    sts = boto3.client("sts", config=BOUNDED, region_name=os.environ["AWS_REGION"])
    taken = sts.assume_role(
        RoleArn=os.environ["PEER_ROLE"], RoleSessionName="receipt-reconciliation", DurationSeconds=900
    )["Credentials"]
    return boto3.client(
        "s3",
        config=BOUNDED,
        region_name=region,
        aws_access_key_id=taken["AccessKeyId"],
        aws_secret_access_key=taken["SecretAccessKey"],
        aws_session_token=taken["SessionToken"],
    )


def reconcile(ours: Any, theirs: Any, pairs: list[Pair], now: datetime, deadline: float) -> dict[str, int]:
    """Missing, copied. What is left when the time is up is found by the next round."""
    counts = {"missing": 0, "copied": 0}
    for pair in pairs:
        for day in (now - timedelta(days=1), now):
            prefix = f"{day:%Y/%m/%d}/"
            there = keys(theirs, pair.theirs, prefix, before=now - SETTLED)
            here = keys(ours, pair.ours, prefix, before=now)
            for key in missing(there, here):
                counts["missing"] += 1
                if time.monotonic() > deadline:
                    return counts
                copy(ours, theirs, pair, key)
                counts["copied"] += 1
    return counts


def keys(s3: Any, bucket: str, prefix: str, before: datetime) -> Iterator[str]:
    """What a bucket holds under a prefix and got before a time, in the order of the keys."""
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for found in page.get("Contents", []):
            if found["LastModified"] <= before:
                yield found["Key"]


def missing(there: Iterator[str], here: Iterator[str]) -> Iterator[str]:
    """Which keys of one are not in the other; both are in order, as S3 lists them. A page of each at a time:
    neither the number of objects nor the memory is a limit."""
    own = next(here, None)
    for key in there:
        while own is not None and own < key:
            own = next(here, None)
        if own != key:
            yield key


def copy(ours: Any, theirs: Any, pair: Pair, key: str) -> None:
    """A receipt is a few hundred bytes; it passes through here. Never put over one that came meanwhile."""
    found = theirs.get_object(Bucket=pair.theirs, Key=key)
    try:
        ours.put_object(
            Bucket=pair.ours,
            Key=key,
            Body=found["Body"].read(),
            ContentType=found["ContentType"],
            IfNoneMatch="*",
        )
    except ClientError as refused:
        if refused.response["Error"]["Code"] != "PreconditionFailed":
            raise


def sample(counts: dict[str, int], at: float) -> str:
    """One line in CloudWatch's embedded metric format."""
    metrics = [{"Name": "Missing", "Unit": "Count"}, {"Name": "Copied", "Unit": "Count"}]
    definition = {"Namespace": os.environ["NAMESPACE"], "Dimensions": [["Peer"]], "Metrics": metrics}
    return json.dumps(
        {
            "_aws": {"Timestamp": int(at * 1000), "CloudWatchMetrics": [definition]},
            "Peer": os.environ["PEER_REGION"],
            "Missing": counts["missing"],
            "Copied": counts["copied"],
        }
    )
