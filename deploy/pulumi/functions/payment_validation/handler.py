"""The payments API of a Region: `POST /payments` validates and records, `GET /health` tells if it could."""

import base64
import binascii
import functools
import json
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from . import rules
from .store import Store, Taken, utc_now

store = functools.cache(Store.of_environment)


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """One request, as API Gateway's HTTP API hands it over (payload 2.0)."""
    try:
        if event.get("routeKey") == "GET /health":
            store().answers()
            return answer(200, {"status": "ok", "region": store().region})
        return accept(event, str(context.aws_request_id))
    except (BotoCoreError, ClientError) as failed:
        # The kind alone: the text may hold what was sent.
        print(json.dumps({"failed": type(failed).__name__, "route": event.get("routeKey")}))
        return answer(503, {"error": "not recorded: try again with the same paymentId"})


def accept(event: dict[str, Any], request_id: str) -> dict[str, Any]:
    """Validates, claims the payment's name, writes receipt and audit record; only then says yes."""
    now = utc_now()
    try:
        payment = rules.payment(body(event))
    except rules.Invalid as invalid:
        store().write_audit(request_id, "refused", {"problems": invalid.problems}, now)
        return answer(422, {"error": "invalid", "problems": invalid.problems})
    try:
        claim = store().claim(payment, now)
    except Taken:
        details = {"paymentId": payment.payment_id, "problems": ["another payment has this paymentId"]}
        store().write_audit(request_id, "refused", details, now)
        return answer(409, {"error": "another payment has this paymentId"})
    # A retry too: the try before may have ended between the claim and the receipt.
    store().write_receipt(payment, claim.at)
    verdict = "accepted" if claim.new else "repeated"
    store().write_audit(request_id, verdict, {"paymentId": payment.payment_id, "digest": payment.digest}, now)
    return answer(201 if claim.new else 200, {"paymentId": payment.payment_id, "status": "accepted"})


def body(event: dict[str, Any]) -> Any:
    """The request's JSON. Raises Invalid."""
    text = event.get("body") or ""
    try:
        if event.get("isBase64Encoded"):
            text = base64.b64decode(text, validate=True).decode()
        return json.loads(text)
    except (binascii.Error, UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise rules.Invalid(["the body must be JSON"]) from None


def answer(status: int, content: dict[str, Any]) -> dict[str, Any]:
    """As API Gateway wants it."""
    return {
        "statusCode": status,
        "headers": {"Content-Type": "application/json", "Cache-Control": "no-store"},
        "body": json.dumps(content),
    }
