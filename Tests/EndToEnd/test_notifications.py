"""People are told besides SNS, by real HTTP and mail servers that fail in every way that there is."""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from staging.receivers import Answer, Authority, HTTPReceiver, MailReceiver, Request
from staging.stage import Stage
from staging.waiting import wait_until

Item = dict[str, Any]
SHAPES = Path(__file__).parent / "staging" / "shapes"
WORDS = {
    "hub": "hub-path-token-4711",
    "hub-secret": "hub-signing-secret-0123456789abcdef",
    "chat": "T000-B000-chat-path-token",
    "pager": "0123456789abcdef0123456789abcdef",
    "mail": "mail-password-Zx9!",
}


class Circle:
    """Everybody who is told, and the files with their secrets."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.secrets = stage.folder / "secrets"
        self.secrets.mkdir(mode=0o700)
        self.authority = Authority(self.secrets)
        self.closing: list[Any] = []
        self.notifiers: Item = {}
        stage.config["notifications"] = {"notifiers": self.notifiers, "heartbeat": {"enabled": False}}

    def secret(self, name: str, text: str) -> str:
        path = self.secrets / name
        path.write_text(text + "\n")
        path.chmod(0o600)
        return str(path)

    def http(self, days: float = 1) -> HTTPReceiver:
        receiver = HTTPReceiver(self.authority.server_context(days))
        self.closing.append(receiver)
        return receiver

    def hub(self, receiver: HTTPReceiver, name: str = "hub", **more: Any) -> None:
        self.notifiers[name] = {
            "type": "webhook",
            "url_file": self.secret(name, receiver.url(f"/{WORDS['hub']}")),
            "ca_bundle": str(self.authority.file),
            **more,
        }

    def chat(self, receiver: HTTPReceiver) -> None:
        self.notifiers["chat"] = {
            "type": "slack",
            "url_file": self.secret("chat", receiver.url(f"/services/{WORDS['chat']}")),
            "ca_bundle": str(self.authority.file),
        }

    def pager(self, receiver: HTTPReceiver, **more: Any) -> None:
        self.notifiers["pager"] = {
            "type": "pagerduty",
            "routing_key_file": self.secret("pager", WORDS["pager"]),
            "url": receiver.url("/v2/enqueue"),
            "ca_bundle": str(self.authority.file),
            **more,
        }

    def mail(self, name: str, starts_with_tls: bool, **more: Any) -> MailReceiver:
        receiver = MailReceiver(self.authority.server_context(), WORDS["mail"], starts_with_tls)
        self.closing.append(receiver)
        self.notifiers[name] = {
            "type": "email",
            "server": f"127.0.0.1:{receiver.port}",
            "tls": "tls" if starts_with_tls else "starttls",
            "user": MailReceiver.user,
            "password_file": self.secret(name, WORDS["mail"]),
            "from": "drctl@example.com",
            "to": ["oncall@example.com", "gone@example.com"],
            "ca_bundle": str(self.authority.file),
            **more,
        }
        return receiver

    def leaks(self) -> list[str]:
        """Files of drctl's, and its command line, in which a secret can be read."""
        found = []
        for path in sorted(self.stage.folder.iterdir()):
            if path.is_file():
                content = path.read_bytes()
                found += [f"{word} in {path.name}" for word in WORDS.values() if word.encode() in content]
        return found

    def close(self) -> None:
        for receiver in self.closing:
            receiver.close()


@pytest.fixture
def circle(stage: Stage) -> Iterator[Circle]:
    circle = Circle(stage)
    yield circle
    circle.close()


def check(document: Item, shape: str) -> None:
    schema = json.loads((SHAPES / f"{shape}.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(document)


def is_signed(request: Request, secret: str) -> bool:
    stamp = request.headers["x-drctl-timestamp"]
    assert abs(int(stamp) - time.time()) < 300
    text = b"v1:" + stamp.encode() + b":" + request.body
    expected = "v1=" + hmac.new(secret.encode(), text, hashlib.sha256).hexdigest()
    return request.headers["x-drctl-signature"] == expected


def kinds(receiver: HTTPReceiver) -> list[str]:
    return [request.json["kind"] for request in receiver.requests]


def test_everybody_is_told_of_a_failover_while_one_of_them_hangs(stage: Stage, circle: Circle) -> None:
    hub, chat, pager, stuck = circle.http(), circle.http(), circle.http(), circle.http()
    circle.hub(hub, secret_file=circle.secret("hub-secret", WORDS["hub-secret"]))
    circle.chat(chat)
    circle.pager(pager)
    pager.answer = lambda _: Answer(202, '{"status":"success"}')
    circle.hub(stuck, "stuck", timeout="1s", attempts=1)
    stuck.answer = lambda _: None
    letters = circle.mail("mail", starts_with_tls=False)
    letters.refused.add("gone@example.com")
    name = stage.orders()
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    wait_until(lambda: "completed" in kinds(hub), "the hub hears of the end")
    wait_until(lambda: any("failover completed" in r.json["text"] for r in chat.requests), "the chat does")
    wait_until(lambda: any("completed" in str(m["Subject"]) for m in letters.letters), "a letter comes")
    wait_until(
        lambda: "completed" in [r.json.get("payload", {}).get("class") for r in pager.requests], "the pager"
    )

    told = [r.json["kind"] for r in sorted(hub.requests, key=lambda r: int(r.json["id"].split("-")[2]))]
    assert told == [notice for notice in stage.notices() if notice in told], "the number in its id is its place"
    for request in hub.requests:
        check(request.json, "drctl-webhook")
        assert is_signed(request, WORDS["hub-secret"])
        assert request.json["workload"] == name
    completed = next(r.json for r in hub.requests if r.json["kind"] == "completed")
    assert completed["runbook"].endswith("runbooks/fence-owed.md"), "the old Region does not answer"
    for request in chat.requests:
        check(request.json, "slack-incoming-webhook")
    for request in pager.requests:
        check(request.json, "pagerduty-events-v2")
    assert {r.json["dedup_key"] for r in pager.requests} == {f"drctl/{name}/1"}
    assert {r.json["incident"] for r in hub.requests} == {f"drctl/{name}/1"}

    letter = next(m for m in letters.letters if "completed" in str(m["Subject"]))
    assert letters.envelopes[0] == ("drctl@example.com", ["oncall@example.com"]), "the other is gone"
    assert letter["Message-ID"] and letter["Auto-Submitted"] == "auto-generated" and letter["Date"]
    assert letter["References"] == letters.letters[0]["References"]
    assert "runbooks/fence-owed.md" in letter.get_content()

    status = stage.run("status").out
    assert "NOTIFIER stuck FAILS" in status and "no answer in time" in status
    for well in ("hub", "chat", "pager", "mail"):
        assert f"NOTIFIER {well}" not in status
    assert "notifier stuck: " in stage.drctl.log.read_text()
    checks = stage.run("doctor", "--json").json["checks"]
    assert [c["result"] for c in checks if c["name"] == "notifier stuck"] == ["warn"]
    assert [c["result"] for c in checks if c["name"] == "notifier hub"] == ["ok"]
    assert circle.leaks() == []


def outcomes(stage: Stage, *arguments: str) -> dict[str, Item]:
    output = stage.run("notify", "test", "--json", *arguments)
    found: list[Item] = output.json
    assert output.code == (0 if all(item["delivered"] for item in found) else 1)
    return {item["notifier"]: item for item in found}


def test_every_way_to_fail_is_told_in_words(stage: Stage, circle: Circle) -> None:
    stage.orders()
    good, hanging, busy, broken, gone = (circle.http() for _ in range(5))
    circle.hub(good, "good")
    hanging.answer = lambda _: None
    circle.hub(hanging, "hanging", timeout="1s", attempts=2)
    # Too much at first, and it says when to come back.
    busy.answer = lambda _: Answer(429, "slow", {"Retry-After": "2"}) if len(busy.requests) < 2 else Answer()
    circle.hub(busy, "busy")
    broken.answer = lambda request: Answer(503, f"no: {request.path}")
    circle.hub(broken, "broken", attempts=2)
    gone.answer = lambda _: Answer(404, "no_service")
    circle.hub(gone, "gone")
    circle.hub(circle.http(), "stranger")
    del circle.notifiers["stranger"]["ca_bundle"]
    circle.hub(circle.http(days=-1), "expired")
    circle.hub(good, "nameless", attempts=1, timeout="5s")
    circle.secret("nameless", "https://nothing.drctl.invalid/hook")
    circle.hub(good, "open", attempts=1)
    (circle.secrets / "open").chmod(0o644)
    wrong = circle.mail("wrong", starts_with_tls=False)
    circle.secret("wrong", "another password")
    secure = circle.mail("secure", starts_with_tls=True)
    stage.configure()
    began = time.monotonic()
    found = outcomes(stage)
    assert time.monotonic() - began < 25, "side by side"
    assert {name for name, item in found.items() if item["delivered"]} == {"good", "busy", "secure"}
    assert len(busy.requests) == 2 and found["busy"]["tookSeconds"] >= 2
    assert len(hanging.requests) == 2 and "no answer in time" in found["hanging"]["failure"]
    assert len(broken.requests) == 2 and "answers 503: no: (secret)" in found["broken"]["failure"]
    assert len(gone.requests) == 1 and "404: no_service" in found["gone"]["failure"]
    for name in ("stranger", "expired"):
        assert "certificate" in found[name]["failure"], found[name]
        assert found[name]["tookSeconds"] < 3, "it is not tried again"
    assert "not resolved" in found["nameless"]["failure"]
    assert "can be read or changed by others" in found["open"]["failure"]
    assert not wrong.letters and "refuses user or password" in found["wrong"]["failure"], found["wrong"]
    assert found["wrong"]["tookSeconds"] < 3, "it is not tried again"
    assert str(secure.letters[0]["Subject"]).startswith("[drctl] test message")
    assert circle.leaks() == []

    assert set(outcomes(stage, "--notifier", "good")) == {"good"}
    unknown = stage.run("notify", "test", "--notifier", "god")
    assert unknown.code == 2 and "did you mean good?" in unknown.err


def test_a_heartbeat_and_a_dead_mans_switch_show_that_it_lives(stage: Stage, circle: Circle) -> None:
    hub, pager = circle.http(), circle.http()
    pager.answer = lambda _: Answer(202, '{"status":"success"}')
    circle.hub(hub)
    circle.pager(pager)
    watch = HTTPReceiver()
    circle.closing.append(watch)
    now = datetime.datetime.now(datetime.UTC)
    stage.config["notifications"]["heartbeat"] = {"at": now.strftime("%H:%M")}
    stage.config["notifications"]["dead_man"] = {
        "url_file": circle.secret("dead-man", watch.url(f"/{WORDS['hub']}")),
        "every": "1m",
    }
    name = stage.orders()
    stage.open()
    # A start within ten minutes after the hour makes up for what it may have missed.
    message = wait_until(lambda: hub.requests, "the heartbeat")[0].json
    check(message, "drctl-webhook")
    assert message["kind"] == "heartbeat"
    assert f"{name}: watching in " in message["text"]
    assert "drctl: version " in message["text"]
    assert (now + datetime.timedelta(days=1)).strftime("%Y-%m-%d") in message["text"], (
        "when the next one is due"
    )
    assert message["runbook"].endswith("controller-down.md")
    wait_until(lambda: stage.inbox.about("heartbeat", name), "the topics have it too")
    event = wait_until(lambda: pager.requests, "the pager's")[0].json
    check(event, "pagerduty-events-v2")
    assert event["event_action"] == "resolve", "it wakes nobody"
    assert [r.method for r in wait_until(lambda: watch.requests, "the ping")] == ["GET"]
    assert circle.leaks() == []


def test_secrets_come_from_systemd_too(stage: Stage, circle: Circle) -> None:
    stage.orders()
    hub = circle.http()
    circle.hub(hub)
    circle.notifiers["hub"]["url_file"] = "${CREDENTIALS_DIRECTORY}/hub"
    stage.configure()
    assert "systemd has given no credential hub" in outcomes(stage)["hub"]["failure"]
    given = stage.run("notify", "test", "--json", env={"CREDENTIALS_DIRECTORY": str(circle.secrets)})
    assert given.code == 0, str(given)
    assert kinds(hub) == ["test"]
