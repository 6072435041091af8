"""What replication left behind is fetched: against moto's S3, in process."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from functions.receipt_reconciliation import handler as function
from harness.surroundings import surround

NEVER = float("inf")
PAIR = function.Pair("theirs", "ours")


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Both buckets in one account, as they are."""
    surround(
        monkeypatch,
        "us-east-1",
        PEER_REGION="us-east-2",
        PEER_ROLE="arn:aws:iam::123456789012:role/peer",
        PAIRS=json.dumps([{"theirs": "theirs", "ours": "ours"}]),
        NAMESPACE="payments",
    )
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket="ours")
        client.create_bucket(Bucket="theirs")
        yield client


def put(s3: Any, bucket: str, day: datetime, *names: str) -> None:
    """Objects of a day."""
    for name in names:
        s3.put_object(Bucket=bucket, Key=f"{day:%Y/%m/%d}/{name}", Body=name.encode())


def later() -> datetime:
    """When what is written now has had its time to be replicated; on the same day as it was written, or the
    next."""
    return datetime.now(UTC) + function.SETTLED + timedelta(minutes=1)


def names(s3: Any, bucket: str) -> list[str]:
    """Of all objects, without their day."""
    return [o["Key"].rsplit("/", 1)[1] for o in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]


def test_what_is_missing_is_copied(s3: Any) -> None:
    today = datetime.now(UTC)
    put(s3, "theirs", today, "a", "b", "c", "d")
    put(s3, "ours", today, "b", "bb", "d", "e")
    counts = function.reconcile(s3, s3, [PAIR], later(), NEVER)
    assert counts == {"missing": 2, "copied": 2}
    assert names(s3, "ours") == ["a", "b", "bb", "c", "d", "e"]
    assert function.reconcile(s3, s3, [PAIR], later(), NEVER) == {"missing": 0, "copied": 0}


def test_what_may_still_be_on_its_way_is_left_alone(s3: Any) -> None:
    put(s3, "theirs", datetime.now(UTC), "young")
    assert function.reconcile(s3, s3, [PAIR], datetime.now(UTC), NEVER)["missing"] == 0


def test_older_days_are_not_looked_at(s3: Any) -> None:
    put(s3, "theirs", later() - timedelta(days=2), "old")
    assert function.reconcile(s3, s3, [PAIR], later(), NEVER)["missing"] == 0


def test_an_object_that_came_meanwhile_is_not_overwritten(s3: Any) -> None:
    today = datetime.now(UTC)
    put(s3, "theirs", today, "a")
    key = f"{today:%Y/%m/%d}/a"
    s3.put_object(Bucket="ours", Key=key, Body=b"came by itself")
    function.copy(s3, s3, PAIR, key)
    assert s3.get_object(Bucket="ours", Key=key)["Body"].read() == b"came by itself"


def test_nothing_is_begun_when_the_time_is_up(s3: Any) -> None:
    put(s3, "theirs", datetime.now(UTC), "a", "b")
    assert function.reconcile(s3, s3, [PAIR], later(), 0.0) == {"missing": 1, "copied": 0}


def test_a_round_says_what_it_found_as_a_metric(s3: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert function.handler({}, None) == {"missing": 0, "copied": 0}
    said = json.loads(capsys.readouterr().out)
    assert said["Peer"] == "us-east-2"
    (definition,) = said["_aws"]["CloudWatchMetrics"]
    assert {m["Name"] for m in definition["Metrics"]} <= said.keys()
