"""The payments function: against moto's table and buckets, in process."""

import base64
import json
import types
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import boto3
import pytest
from moto import mock_aws

from functions.payment_validation import handler as api
from functions.payment_validation import rules
from functions.payment_validation.store import Store
from harness.surroundings import surround

GOOD: dict[str, Any] = {
    "paymentId": "11111111-2222-4333-8444-abcdefabcdef",
    "amount": 1250,
    "currency": "EUR",
    "payer": "tok_payer0123456789ab",
    "payee": "tok_payee0123456789ab",
    "reference": "invoice 17",
}


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """One Region's table and buckets."""
    surround(monkeypatch, "us-east-1", TABLE="payments", RECEIPTS="receipts", AUDIT="audit")
    with mock_aws():
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="receipts")
        s3.create_bucket(Bucket="audit")
        boto3.client("dynamodb").create_table(
            TableName="payments",
            AttributeDefinitions=[{"AttributeName": "paymentId", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "paymentId", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
        api.store.cache_clear()
        yield api.store()
    api.store.cache_clear()


def post(content: Any, request: str = "r-1", **more: Any) -> tuple[int, dict[str, Any]]:
    """One request through the handler."""
    text = content if isinstance(content, str) else json.dumps(content)
    event = {"routeKey": "POST /payments", "body": text, **more}
    answered = api.handler(event, types.SimpleNamespace(aws_request_id=request))
    return answered["statusCode"], json.loads(answered["body"])


def objects(store: Store, bucket: str) -> dict[str, Any]:
    """Every object of a bucket."""
    listed = store.s3.list_objects_v2(Bucket=bucket).get("Contents", [])
    return {o["Key"]: json.load(store.s3.get_object(Bucket=bucket, Key=o["Key"])["Body"]) for o in listed}


def test_a_valid_payment_is_recorded_before_it_is_accepted(store: Store) -> None:
    status, said = post(GOOD)
    assert (status, said["status"]) == (201, "accepted")
    (receipt,) = objects(store, "receipts").values()
    assert receipt["amount"] == 1250
    (audit,) = objects(store, "audit").values()
    assert (audit["verdict"], audit["region"]) == ("accepted", "us-east-1")


def test_a_retry_gets_the_same_answer_and_makes_no_second_receipt(store: Store) -> None:
    post(GOOD, "r-1")
    status, said = post(GOOD, "r-2")
    assert (status, said["status"]) == (200, "accepted")
    assert len(objects(store, "receipts")) == 1
    assert sorted(o["verdict"] for o in objects(store, "audit").values()) == ["accepted", "repeated"]


def test_a_retry_on_the_next_day_finds_its_receipt(store: Store) -> None:
    store.claim(rules.payment(GOOD), datetime(2026, 1, 31, 23, 59, 59, tzinfo=UTC))
    post(GOOD)
    assert list(objects(store, "receipts")) == [f"2026/01/31/{GOOD['paymentId']}.json"]


def test_another_payment_under_the_same_name_is_refused(store: Store) -> None:
    post(GOOD, "r-1")
    status, _ = post({**GOOD, "amount": 9999}, "r-2")
    assert status == 409
    assert len(objects(store, "receipts")) == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"paymentId": "short"}, "paymentId: "),
        ({"amount": 0}, "amount: "),
        ({"amount": True}, "amount: "),
        ({"amount": 12.5}, "amount: "),
        ({"amount": rules.MOST + 1}, "amount: "),
        ({"currency": "XXX"}, "currency: one of AUD"),
        ({"payer": "DE89370400440532013000"}, "payer: "),
        ({"payee": GOOD["payer"]}, "payee: is the payer"),
        ({"reference": "4111 1111 1111 1111"}, "reference: holds a card number"),
        ({"paymentId": "4111-1111-1111-1111"}, "paymentId: holds a card number"),
        ({"cvv": "123"}, "cvv: unknown field"),
        ({"4111111111111111": ""}, "unknown fields"),
    ],
)
def test_what_is_invalid_is_refused_in_words_and_recorded(
    store: Store, changed: dict[str, Any], said: str
) -> None:
    status, answered = post({**GOOD, **changed})
    assert status == 422
    assert any(p.startswith(said) for p in answered["problems"])
    assert not objects(store, "receipts")
    (audit,) = objects(store, "audit").values()
    assert audit["verdict"] == "refused"


def test_no_card_number_is_ever_kept(store: Store) -> None:
    post({**GOOD, "reference": "4111 1111 1111 1111", "4111111111111111": 1, "payer": "4111111111111111"})
    kept = json.dumps([objects(store, "audit"), store.dynamodb.scan(TableName="payments")["Items"]])
    assert "4111" not in kept


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '"x"', "[" * 100_000])
def test_a_body_that_is_no_json_object_is_refused(store: Store, text: str) -> None:
    assert post(text)[0] == 422


def test_a_body_may_come_in_base64(store: Store) -> None:
    encoded = base64.b64encode(json.dumps(GOOD).encode()).decode()
    assert post(encoded, isBase64Encoded=True)[0] == 201
    assert post("***", isBase64Encoded=True)[0] == 422


def test_nothing_is_accepted_that_could_not_be_recorded(store: Store) -> None:
    store.s3.delete_bucket(Bucket="receipts")
    assert post(GOOD)[0] == 503
    store.s3.create_bucket(Bucket="receipts")
    assert post(GOOD, "r-2")[0] == 200
    assert len(objects(store, "receipts")) == 1


def test_health_asks_the_table(store: Store) -> None:
    event = {"routeKey": "GET /health"}
    assert api.handler(event, None)["statusCode"] == 200
    store.dynamodb.delete_table(TableName="payments")
    assert api.handler(event, None)["statusCode"] == 503
