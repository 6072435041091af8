"""What people have received: the SNS messages, out of the queues that subscribe to the topics."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from lab.process import Lab

Item = dict[str, Any]


class Inbox:
    """The queues of the given topics. All acts in a lab share them, so one looks for names."""

    def __init__(self, lab: Lab, topics: dict[str, Item]) -> None:
        self._lab = lab
        self._topics = topics
        self.received: list[Item] = []

    def fetch(self) -> list[Item]:
        """All messages so far, each with region, subject, message and id. A dead Region gives none."""
        for region, topic in self._topics.items():
            client = self._lab.client("sqs", region)
            try:
                while True:
                    reply = client.receive_message(QueueUrl=topic["queue_url"], MaxNumberOfMessages=10)
                    rows = reply.get("Messages", [])
                    for row in rows:
                        self.received.append(letter(region, json.loads(row["Body"])))
                        client.delete_message(QueueUrl=topic["queue_url"], ReceiptHandle=row["ReceiptHandle"])
                    if not rows:
                        break
            except (BotoCoreError, ClientError):
                continue
        return self.received

    def about(self, *words: str) -> list[Item]:
        """Messages with every one of the words in subject or text."""
        return [m for m in self.fetch() if all(word in f"{m['subject']}\n{m['message']}" for word in words)]


def letter(region: str, envelope: Item) -> Item:
    return {
        "region": region,
        "subject": envelope.get("Subject") or "",
        "message": envelope.get("Message", ""),
        "id": envelope.get("MessageId", ""),
    }
