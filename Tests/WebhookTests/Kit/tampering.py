"""Genuine messages, each damaged in each field, and bodies that are no message."""

import base64
import json

from shapes import alarm, metric, notice
from sns import arn, encoded, stamp


def tampered(sender):
    """Every one was genuine before one thing was changed."""
    lag = alarm("lag", trigger=metric("shop"))
    for version in ("1", "2"):
        subjects = {"alarm": sender.envelope(lag, version=version, subject="ALARM")}
        subjects["event"] = sender.envelope(notice("shop"), version=version)
        for kind in ("SubscriptionConfirmation", "UnsubscribeConfirmation"):
            subjects[kind] = sender.confirmation_envelope(kind, version)
        for label, envelope in subjects.items():
            genuine = sender.signed(envelope)
            for change, fields, expect in changes(sender, genuine):
                yield f"{label}, version {version}: {change}", encoded(fields), expect


def changes(sender, genuine):
    confirmation = genuine["Type"] != "Notification"
    other_kind = "Notification" if confirmation else "SubscriptionConfirmation"

    def put(field, value, expect="bad-signature", label=None):
        return f"{field} {label or 'changed'}", genuine | {field: value}, expect

    yield put("Message", genuine["Message"] + " ")
    yield put(
        "Message", genuine["Message"].replace("shop", "pawn").replace("topic", "tropic"), label="swapped"
    )
    yield put("MessageId", "99999999" + genuine["MessageId"][8:])
    yield put("Timestamp", stamp(-1))
    yield put("Timestamp", genuine["Timestamp"].replace("Z", "0Z"), label="rewritten")
    yield put("TopicArn", arn("eu-west-1") if confirmation else arn("eu-west-1", "orders"))
    yield put("TopicArn", arn("eu-west-1", "theirs"), "unknown-topic", "not allowed")
    yield put("Type", other_kind, "bad-signature" if confirmation else "malformed")
    yield put("SignatureVersion", "2" if genuine["SignatureVersion"] == "1" else "1")
    yield put("SignatureVersion", "3", "malformed", "unknown")
    signature = base64.b64decode(genuine["Signature"])
    yield put("Signature", base64.b64encode(signature[:-1] + bytes([signature[-1] ^ 1])).decode())
    yield put("Signature", base64.b64encode(signature[:-1]).decode(), label="cut")
    yield put("Signature", base64.b64encode(bytes(256)).decode(), label="zero")
    yield put("Signature", base64.b64encode(b"x").decode(), label="short")
    yield put("Signature", "not base64!", "malformed", "is none")
    for url in foreign(genuine["SigningCertURL"]):
        yield put("SigningCertURL", url, "foreign-certificate", url)
    yield put(
        "SigningCertURL", genuine["SigningCertURL"].replace("0a1b2c", "ffffff"), "no-certificate", "nowhere"
    )
    if confirmation:
        yield put("Token", "0" + genuine["Token"][1:])
        yield put("SubscribeURL", "https://example.com/")
    else:
        yield put("Subject", "OK")
        yield put("Subject", 7, "malformed", "is a number")
    needed = [key for key in genuine if key not in ("Subject", "UnsubscribeURL")]
    for key in needed:
        yield f"{key} missing", {k: v for k, v in genuine.items() if k != key}, "malformed"
        yield put(key, None, "malformed", "null")
        yield put(key, [genuine[key]], "malformed", "a list")
    if "Subject" in genuine:
        yield "Subject missing", {k: v for k, v in genuine.items() if k != "Subject"}, "bad-signature"


def foreign(url):
    host = url.split("/")[2]
    file = url.split("/")[3]
    yield from (
        url.replace("https:", "http:"),
        url.replace("https:", "HTTPS:"),
        f"https://example.com/{file}",
        f"https://{host}.example.com/{file}",
        f"https://{host}@example.com/{file}",
        f"https://user@{host}/{file}",
        f"https://{host}:444/{file}",
        f"https://{host}/{file}?x=1",
        f"https://{host}/{file}#x",
        f"https://{host}/../{file}",
        f"https://{host}/a/{file}",
        f"https://{host}/{file}x",
        f"https://{host}/{file}\n",
        f"https://{host}/.pem",
        f"https://{host}\\@example.com/{file}",
        f"https://{host.upper()}/{file}",
        f"https://sns.us-east-1.amazonaws.com/{file}",
        f"https://sns.eu-west-1.amazonaws.com.cn/{file}",
        f"https://snsXeu-west-1.amazonaws.com/{file}",
        f"https://s3.eu-west-1.amazonaws.com/{file}",
        f"https://169.254.169.254/{file}",
        "file:///etc/passwd.pem",
        "x",
    )


def broken_bodies(sender):
    genuine = sender.signed(sender.envelope("text", topic="orders"))
    body = encoded(genuine)
    yield "nothing", b"", "malformed"
    yield "a space", b" ", "malformed"
    for cut in (1, 2, 10, 100, len(body) // 2, len(body) - 1):
        yield f"cut after {cut} bytes", body[:cut], "malformed"
    yield "something behind it", body + b"x", "malformed"
    yield "twice", body + body, "malformed"
    yield "a list", json.dumps([genuine]).encode(), "malformed"
    yield "a text", json.dumps(body.decode()).encode(), "malformed"
    yield "a number", b"1e999999", "malformed"
    yield "deep", b"[" * 100000, "malformed"
    yield "deep objects", b'{"a":' * 20000, "malformed"
    yield "not UTF-8", body.replace(b"text", b"te\xff\xfet"), "malformed"
    yield "a control character", body.replace(b"text", b"te\0xt"), "malformed"
    yield "half a surrogate pair", body.replace(b"text", b"\\ud800"), "malformed"
    yield "a byte order mark", b"\xef\xbb\xbf" + body, "malformed"
    yield "UTF-16", body.decode().encode("utf-16"), "malformed"
    # What two readers would understand differently.
    yield "a name twice", body.replace(b'"Type"', b'"Message": "other", "Type"', 1), "malformed"
    yield "too large", encoded(genuine | {"More": "x" * (512 * 1024)}), "oversized"
    yield "the raw message alone", b'{"AlarmName": "lag", "NewStateValue": "ALARM"}', "malformed"
