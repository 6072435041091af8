"""SNS's envelopes, signed as it signs them."""

import base64
import datetime
import itertools
import json

from authorities import NOW, REGIONS, sign

ACCOUNT = "123456789012"
PARTITIONS = {"cn": "aws-cn", "us-gov": "aws-us-gov", "eusc": "aws-eusc"}


def arn(region, name="dr"):
    partition = next((p for start, p in PARTITIONS.items() if region.startswith(start + "-")), "aws")
    return f"arn:{partition}:sns:{region}:{ACCOUNT}:{name}"


# The allowed ones, with the workloads that each stands for.
TOPICS = {arn(region): [] for region in REGIONS} | {arn("eu-west-1", "orders"): ["orders"]}
SIGNED = {
    "Notification": ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
    "confirmation": ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
}


def text_to_sign(envelope):
    keys = SIGNED.get(envelope["Type"], SIGNED["confirmation"])
    return "".join(f"{k}\n{envelope[k]}\n" for k in keys if envelope.get(k) is not None).encode()


def encoded(envelope):
    return json.dumps(envelope, indent=2, ensure_ascii=False).encode()


def stamp(seconds=0):
    moment = NOW + datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03}Z"


class Sender:
    def __init__(self, authorities):
        self.authorities = authorities
        self._numbers = itertools.count(1)

    def envelope(self, message, region="eu-west-1", topic="dr", version="1", subject=None, age=2, **more):
        number = next(self._numbers)
        fields = {
            "Type": "Notification",
            "MessageId": f"{number:08x}-1111-5222-8333-444444444444",
            "TopicArn": arn(region, topic),
            "Message": message if isinstance(message, str) else json.dumps(message, ensure_ascii=False),
            "Timestamp": stamp(-age),
            "SignatureVersion": version,
            "SigningCertURL": self.authorities.urls[region],
            "UnsubscribeURL": f"https://sns.{region}.amazonaws.com/?Action=Unsubscribe",
            **more,
        }
        if subject is not None:
            fields["Subject"] = subject
        return fields

    def signed(self, envelope, key=None):
        signature = sign(key or self.authorities.key, text_to_sign(envelope), envelope["SignatureVersion"])
        return {**envelope, "Signature": base64.b64encode(signature).decode()}

    def notification(self, message, **more):
        return encoded(self.signed(self.envelope(message, **more)))

    def confirmation_envelope(self, kind, version):
        envelope = self.envelope(
            "You have chosen to subscribe to the topic.", topic="orders", version=version
        )
        del envelope["UnsubscribeURL"]
        return envelope | {
            "Type": kind,
            "Token": "2336412f37" * 16,
            "SubscribeURL": "https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=2336",
        }

    def confirmation(self, kind, version):
        return encoded(self.signed(self.confirmation_envelope(kind, version)))


def cases_of_senders(sender):
    """Good and bad senders of one good message."""
    text = "anything"
    for region in REGIONS:
        # A topic that stands for no workload.
        yield f"from {region}", sender.notification(text, region=region), "ignored"
    for label, (url, key, expect) in sender.authorities.bad.items():
        envelope = sender.envelope(text, topic="orders", SigningCertURL=url)
        yield f"certificate: {label}", encoded(sender.signed(envelope, key)), expect
    for topic in ("theirs", "orders2", "Orders", "order"):
        yield f"topic {topic}", sender.notification(text, topic=topic), "unknown-topic"
    other = sender.envelope(text, topic="orders") | {
        "TopicArn": arn("eu-west-1", "orders").replace("12:", "13:")
    }
    yield "the same topic of another account", encoded(sender.signed(other)), "unknown-topic"
    # Another Region's SNS signs for its own topics alone.
    crossed = sender.envelope(text, topic="orders") | {"SigningCertURL": sender.authorities.urls["us-east-1"]}
    yield "another Region's certificate", encoded(sender.signed(crossed)), "foreign-certificate"
    for age, expect in ((3599, "accepted"), (3602, "stale"), (86400 * 400, "stale"), (-290, "accepted")):
        body = sender.notification(text, topic="orders", age=age)
        yield f"{age} s old", body, expect, ["orders"] if expect == "accepted" else []
    yield "from the future", sender.notification(text, topic="orders", age=-310), "clock"
    forged = sender.envelope(text, topic="orders", age=-310)
    yield (
        "from the future and forged",
        encoded(sender.signed(forged, sender.authorities.stranger_key)),
        "bad-signature",
    )
