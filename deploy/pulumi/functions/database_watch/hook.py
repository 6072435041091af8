"""The call to drctl's webhook: signed, so that nobody else can make drctl look, and dated, so that nobody can
repeat an old one."""

import hashlib
import hmac
import json
import os
import time
import urllib.error
import urllib.request
from typing import Any

import boto3

from .look import BOUNDED

TIMEOUT_SECONDS = 5.0


def signature(key: bytes, timestamp: str, body: bytes) -> str:
    """HMAC-SHA256 over the version, the timestamp and the body."""
    text = b"v1:" + timestamp.encode() + b":" + body
    return f"v1={hmac.new(key, text, hashlib.sha256).hexdigest()}"


def request(url: str, key: bytes, body: bytes, now: float) -> urllib.request.Request:
    """The signed request."""
    timestamp = str(int(now))
    return urllib.request.Request(
        url,
        data=body,
        method="POST",
        headers={
            "Content-Type": "application/json",
            "X-Drctl-Timestamp": timestamp,
            "X-Drctl-Signature": signature(key, timestamp, body),
        },
    )


def tell(workload: str, findings: list[str]) -> bool:
    """Whether the webhook took it."""
    # The webhook takes 8 KiB; this is text for people, so its end may be missing.
    message: dict[str, Any] = {"workloads": [workload], "reason": "; ".join(findings)[:1000]}
    body = json.dumps(message, separators=(",", ":")).encode()
    asked = request(os.environ["HOOK_URL"], _key(), body, time.time())
    try:
        with urllib.request.urlopen(asked, timeout=TIMEOUT_SECONDS) as answer:
            return 200 <= int(answer.status) < 300
    except (urllib.error.URLError, OSError):
        return False


def _key() -> bytes:
    """Read anew each time: it is only needed when something is wrong, and may have been rotated since."""
    secrets = boto3.client("secretsmanager", config=BOUNDED)
    return str(secrets.get_secret_value(SecretId=os.environ["HOOK_SECRET"])["SecretString"]).encode()
