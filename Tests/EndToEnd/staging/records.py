"""Reading the journal's records as `drctl history --json` has them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

Item = dict[str, Any]


def events(history: list[Item], kind: str = "") -> Iterator[tuple[Item, str, Item]]:
    """Record, kind of event and its data, oldest first; only those of `kind` when it is given."""
    for row in history:
        record = row["record"]
        for name, data in record["event"].items():
            if kind in ("", name):
                yield record, name, data


def phases(history: list[Item]) -> list[str]:
    """The phases that were entered, in order."""
    return [data["to"] for _, _, data in events(history, "phaseChanged")]


def notices(history: list[Item]) -> list[str]:
    """The kinds of what people were told, in order."""
    return [data["notice"]["kind"] for _, _, data in events(history, "noticeIssued")]


def requests(history: list[Item]) -> list[Item]:
    """What people asked for and got, in order."""
    return [data["request"] for _, _, data in events(history, "requestReceived")]


def step_of(history: list[Item], action: str) -> str:
    """The id of the newest plan's step with this action, such as `move-record`; empty when there is none."""
    found = ""
    for _, _, data in events(history, "planAdopted"):
        for step in data["plan"]["steps"]:
            if step["id"].split("-", 1)[1].split(":")[0] == action:
                found = step["id"]
    return found


def finished(history: list[Item], action: str) -> list[Item]:
    """How each try of the step with this action ended, with the record's time."""
    return [
        {"at": record["at"], **data}
        for record, _, data in events(history, "stepFinished")
        if data["step"].split("-", 1)[1].split(":")[0] == action
    ]


def moment(text: str) -> float:
    """A time of the contract as seconds since 1970."""
    return datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp()
