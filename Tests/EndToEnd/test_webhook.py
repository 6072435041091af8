"""Messages from outside: they make drctl look at once, they are on record, and they decide nothing."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import signal
from collections.abc import Iterator

import pytest

from staging.identity import write_identity
from staging.signed_sns import SignedSNS, signed_sns
from staging.stage import Stage
from staging.waiting import wait_until
from staging.webhook import SECRET, Webhook, nudges


@pytest.fixture
def sns(stage: Stage) -> Iterator[SignedSNS]:
    # The primary Region of `Stage.orders`, where its alarms are.
    with signed_sns("ap-southeast-2", stage.folder) as found:
        yield found


def opened(stage: Stage, sns: SignedSNS, tls: bool = False) -> tuple[str, str, Webhook]:
    """A workload, the topic of its alarms, and the webhook."""
    name = stage.orders()
    region = stage.estates[name]["primary"]["region"]
    assert region == sns.region
    topic: str = stage.house.topics[region]["arn"]
    webhook = Webhook(stage, sns, topic, tls=tls)
    webhook.open()
    return name, topic, webhook


def alarm(stage: Stage, name: str, topic: str) -> None:
    """An alarm on the primary goes off in the lab, whose action tells the topic."""
    primary = stage.estates[name]["primary"]
    client = stage.lab.client("cloudwatch", primary["region"])
    client.put_metric_alarm(
        AlarmName=f"{name}-connections",
        Namespace="AWS/RDS",
        MetricName="DatabaseConnections",
        Dimensions=[{"Name": "DBInstanceIdentifier", "Value": primary["identifier"]}],
        Statistic="Maximum",
        Period=60,
        EvaluationPeriods=1,
        Threshold=1.0,
        ComparisonOperator="LessThanThreshold",
        TreatMissingData="ignore",
        AlarmActions=[topic],
    )
    client.set_alarm_state(AlarmName=f"{name}-connections", StateValue="ALARM", StateReason="a drill")


def test_an_alarm_makes_drctl_look_and_explain_tells_of_it(stage: Stage, sns: SignedSNS) -> None:
    name, topic, webhook = opened(stage, sns)
    alarm(stage, name, topic)
    letter = wait_until(lambda: stage.inbox.about("ALARM", f"{name}-connections"), "the alarm's message")[0]
    body = sns.envelope(topic, letter["message"], letter["subject"])
    assert webhook.sns(body) == (200, "accepted")
    wait_until(lambda: nudges(stage.history()), "it is on record")
    assert nudges(stage.history()) == [
        f'alarm "{name}-connections" in {sns.region}: ALARM, by topic {topic.split(":")[-1]}'
    ]
    assert f'because of alarm "{name}-connections"' in stage.run("explain", name).out
    # It was healthy, and an alarm is no evidence.
    stage.never_acts(name, 3)
    assert stage.view(name)["phase"] == "watching"


def test_a_replay_is_known_after_a_restart_and_forgeries_are_refused(stage: Stage, sns: SignedSNS) -> None:
    name, topic, webhook = opened(stage, sns)
    identifier = stage.estates[name]["primary"]["identifier"]
    event = json.dumps({"Event Source": "db-instance", "Source ID": identifier, "Event ID": "RDS-EVENT-0049"})
    body = sns.envelope(topic, event)
    assert webhook.sns(body.replace(identifier.encode(), b"x" * 8)) == (403, "bad-signature")
    assert webhook.sns(sns.envelope(topic.replace(sns.region, "us-east-1"), event))[0] == 403
    assert webhook.sns(sns.envelope(topic + "2", event)) == (403, "unknown-topic")
    assert webhook.sns(body) == (200, "accepted")
    assert webhook.sns(body) == (200, "duplicate")
    wait_until(lambda: nudges(stage.history()), "it is on record")
    # What was not looked after to the end would be looked after again.
    wait_until(lambda: webhook.unsettled() == 0, "it is looked after")
    stage.drctl.kill()
    webhook.start()
    assert webhook.sns(body) == (200, "duplicate")
    assert len(nudges(stage.history())) == 1
    # Nobody was asked for a certificate but the topic's own SNS.
    assert set(sns.fetched) == {f"{sns.host}:443"}


def test_others_sign_with_a_secret(stage: Stage, sns: SignedSNS) -> None:
    name, _, webhook = opened(stage, sns)
    body = json.dumps({"workloads": [name], "reason": "checkout is slow"}).encode()
    assert webhook.generic(body, "x" * 40) == (403, "bad-signature")
    assert webhook.generic(b'{"workloads": ["blog"]}') == (400, "unknown-workload")
    assert webhook.generic(body) == (200, "accepted")
    wait_until(lambda: nudges(stage.history()), "it is on record")
    assert nudges(stage.history()) == ["a signed message: checkout is slow"]


def test_a_subscription_is_confirmed_by_a_signed_call(stage: Stage, sns: SignedSNS) -> None:
    _, topic, webhook = opened(stage, sns)
    made = stage.lab.client("sns", sns.region).subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=f"arn:aws:sqs:{sns.region}:123456789012:none"
    )
    token = made["SubscriptionArn"].split(":")[-1].replace("-", "") * 2
    body = sns.envelope(
        topic,
        "You have chosen to subscribe",
        Type="SubscriptionConfirmation",
        Token=token,
        SubscribeURL=f"https://{sns.host}/?Action=ConfirmSubscription",
    )
    assert webhook.sns(body) == (200, "accepted")
    calls = stage.calls("ConfirmSubscription")
    assert len(calls) == 1, calls
    other = sns.envelope(
        topic + "2", "x", Type="SubscriptionConfirmation", Token=token, SubscribeURL="https://example.com/"
    )
    assert webhook.sns(other) == (403, "unknown-topic")
    assert len(stage.calls("ConfirmSubscription")) == 1


def test_a_webhook_that_cannot_listen_does_not_stop_the_service(stage: Stage, sns: SignedSNS) -> None:
    import socket

    name = stage.orders()
    webhook = Webhook(stage, sns, stage.house.topics[sns.region]["arn"])
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", webhook.port))
        taken.listen()
        stage.open()
        assert stage.view(name)["phase"] == "watching"
        wait_until(lambda: "the webhook cannot listen" in stage.drctl.log.read_text(), "it is in the log")


def test_a_webhook_without_its_secret_does_not_stop_the_service(stage: Stage, sns: SignedSNS) -> None:
    name = stage.orders()
    webhook = Webhook(stage, sns, stage.house.topics[sns.region]["arn"])
    webhook.secret.unlink()
    stage.open()
    assert stage.view(name)["phase"] == "watching"
    wait_until(lambda: "the webhook cannot work" in stage.drctl.log.read_text(), "it is in the log")


def test_a_rotated_secret_is_taken_by_a_reload(stage: Stage, sns: SignedSNS) -> None:
    name, _, webhook = opened(stage, sns)
    body = json.dumps({"workloads": [name], "reason": "checkout is slow"}).encode()
    rotated = "another-secret-of-the-end-to-end-tests-01234"
    assert webhook.generic(body, rotated) == (403, "bad-signature")
    webhook.secret.write_text(f"{rotated}\n{SECRET}\n")
    os.kill(stage.drctl.pid, signal.SIGHUP)

    def taken() -> bool:
        with contextlib.suppress(OSError):
            return webhook.generic(body, rotated)[0] == 200
        return False

    wait_until(taken, "the new secret is taken")
    assert webhook.generic(body)[0] == 200, "the old one is still good while it stands there"


def test_it_speaks_tls_by_itself_and_takes_a_renewed_certificate(stage: Stage, sns: SignedSNS) -> None:
    name, topic, webhook = opened(stage, sns, tls=True)
    identifier = stage.estates[name]["primary"]["identifier"]
    event = json.dumps({"Event Source": "db-instance", "Source ID": identifier, "Event ID": "RDS-EVENT-0049"})
    assert webhook.sns(sns.envelope(topic, event)) == (200, "accepted")
    assert webhook.generic(json.dumps({"workloads": [name]}).encode()) == (200, "accepted")
    assert webhook.generic(b"{}", "x" * 40) == (403, "bad-signature")
    plain = http.client.HTTPConnection("127.0.0.1", webhook.port, timeout=20)
    with pytest.raises((OSError, http.client.HTTPException)), contextlib.closing(plain):
        plain.request("POST", "/hooks/generic", b"{}")
        plain.getresponse()

    process = stage.drctl.pid
    write_identity(stage.folder)
    os.kill(process, signal.SIGHUP)

    def renewed() -> bool:
        # The old certificate leads to another root than the one that is trusted from here on.
        with contextlib.suppress(OSError, http.client.HTTPException):
            return webhook.generic(json.dumps({"workloads": [name], "reason": "renewed"}).encode())[0] == 200
        return False

    wait_until(renewed, "the new certificate is shown", instead=stage.drctl.tail)
    assert stage.drctl.pid == process and stage.drctl.running
