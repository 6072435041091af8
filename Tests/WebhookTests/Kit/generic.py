"""Messages of senders that are not SNS."""

import hashlib
import hmac
import json

from authorities import NOW

SECRET = "a-secret-for-the-test-kit-0123456789"
MOMENT = int(NOW.timestamp())


def signature(body, moment=MOMENT, secret=SECRET):
    text = f"v1:{moment}:".encode() + body
    return "v1=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()


def row(name, body, expect, *, moment=MOMENT, signed=None, workloads=()):
    return {
        "name": name,
        "body": body.hex(),
        "expect": expect,
        "workloads": list(workloads),
        "timestamp": None if moment is None else str(moment),
        "signature": signature(body, moment) if signed is None else (signed or None),
    }


def generic_cases():
    good = json.dumps({"workloads": ["orders", "shop"], "reason": "checkout is slow"}).encode()
    both = ["orders", "shop"]
    return [
        row("good", good, "accepted", workloads=both),
        row("without a reason", b'{"workloads":["shop"]}', "accepted", workloads=["shop"]),
        row("a workload twice", b'{"workloads":["shop","shop"]}', "accepted", workloads=["shop"]),
        row("290 s old", good, "accepted", moment=MOMENT - 290, workloads=both),
        row("301 s old", good, "stale", moment=MOMENT - 301),
        row("from the future", good, "stale", moment=MOMENT + 301),
        row("body changed", good.replace(b"slow", b"fast"), "bad-signature", signed=signature(good)),
        row("time changed", good, "bad-signature", signed=signature(good, MOMENT - 1)),
        row("other secret", good, "bad-signature", signed=signature(good, secret="x" * 40)),
        row("no secret", good, "bad-signature", signed=signature(good, secret="")),
        row("zero signature", good, "bad-signature", signed="v1=" + "0" * 64),
        row("short signature", good, "malformed", signed="v1=00"),
        row("other version", good, "malformed", signed=signature(good).replace("v1", "v2")),
        row("upper case", good, "malformed", signed=signature(good).upper()),
        row("no signature", good, "malformed", signed=""),
        row("no time", good, "malformed", moment=None, signed=signature(good)),
        row("strange time", good, "malformed", moment="-1"),
        row("time with a fraction", good, "malformed", moment=f"{MOMENT}.0"),
        row("unknown workload", b'{"workloads":["blog"]}', "unknown-workload"),
        row("no workload", b'{"workloads":[]}', "malformed"),
        row("no list", b'{"workloads":"shop"}', "malformed"),
        row("a number", b'{"workloads":[1]}', "malformed"),
        row("a reason that is none", b'{"workloads":["shop"],"reason":{}}', "malformed"),
        row("not JSON", b"workloads=shop", "malformed"),
        row("too large", good + b" " * 9000, "oversized"),
    ]
