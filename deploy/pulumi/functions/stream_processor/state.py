"""The hot state of the machines, in the global table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from botocore.exceptions import ClientError

from .analysis import State, Usual
from .readings import Reading

# DynamoDB takes at most so many keys in one question.
PAGE = 100
# A machine that has said nothing for 30 days is forgotten.
KEPT_SECONDS = 30 * 86_400
Item = dict[str, dict[str, str]]


@dataclass(frozen=True)
class States:
    """One Region's copy of the table."""

    table: str
    dynamodb: Any

    def of(self, machines: Iterable[str]) -> dict[str, State]:
        """Of those that have one. Raises when a part stays unanswered."""
        names, found = sorted(set(machines)), {}
        for i in range(0, len(names), PAGE):
            keys = [{"machine": {"S": m}} for m in names[i : i + PAGE]]
            asked = {self.table: {"Keys": keys, "ConsistentRead": True}}
            # What DynamoDB could not answer at once it names. A few more times, or the batch comes again.
            for _ in range(4):
                answer = self.dynamodb.batch_get_item(RequestItems=asked)
                for item in answer["Responses"].get(self.table, []):
                    found[item["machine"]["S"]] = _state(item)
                asked = answer.get("UnprocessedKeys") or {}
                if not asked:
                    break
            if asked:
                raise TimeoutError("DynamoDB left keys unanswered")
        return found

    def keep(self, state: State) -> None:
        """Unless what is there is newer: the other Region may have taken readings meanwhile."""
        try:
            self.dynamodb.put_item(
                TableName=self.table,
                Item=_item(state),
                ConditionExpression="attribute_not_exists(machine) OR readAt < :readAt",
                ExpressionAttributeValues={":readAt": {"N": str(state.newest.read_at)}},
            )
        except ClientError as refused:
            if refused.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise


def _item(state: State) -> Item:
    newest = state.newest
    numbers: dict[str, float] = {
        "readAt": newest.read_at,
        "receivedAt": newest.received_at,
        "temperature": newest.temperature,
        "vibration": newest.vibration,
        "temperatureMean": state.temperature.mean,
        "temperatureVariance": state.temperature.variance,
        "vibrationMean": state.vibration.mean,
        "vibrationVariance": state.vibration.variance,
        "seen": state.seen,
        "expiresAt": newest.received_at // 1000 + KEPT_SECONDS,
    }
    texts = {"machine": newest.machine, "line": newest.line}
    return {k: {"S": v} for k, v in texts.items()} | {k: {"N": repr(v)} for k, v in numbers.items()}


def _state(item: Item) -> State:
    def number(key: str) -> float:
        return float(item[key]["N"])

    return State(
        newest=Reading(
            line=item["line"]["S"],
            machine=item["machine"]["S"],
            read_at=int(item["readAt"]["N"]),
            received_at=int(item["receivedAt"]["N"]),
            temperature=number("temperature"),
            vibration=number("vibration"),
        ),
        temperature=Usual(number("temperatureMean"), number("temperatureVariance")),
        vibration=Usual(number("vibrationMean"), number("vibrationVariance")),
        seen=int(item["seen"]["N"]),
    )
