"""docs/iam-policy.json allows what the code calls, and nothing else."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from staging.binary import ROOT

SOURCES = ROOT / "Sources"
CALLERS = ("Observers", "Execution", "Journal", "drctl")
# DynamoDB asks for the permissions of a transaction's parts.
PARTS = {"dynamodb:TransactWriteItems": {"dynamodb:PutItem", "dynamodb:ConditionCheckItem"}}
# Nobody needs a permission to ask who they are.
FREE = {"sts:GetCallerIdentity"}
# A managed policy's limit, without white space.
POLICY_CHARACTERS = 6144


def operations() -> dict[str, str]:
    """Every operation that the AWS room knows, with the action that allows it."""
    found = {}
    for path in (SOURCES / "AWS").rglob("*.swift"):
        for name in re.findall(r'static let name = "(\w+)"', path.read_text()):
            found[name] = f"{path.parent.name.lower()}:{name}"
    return found


def called() -> set[str]:
    """The actions of the operations that anything outside that room makes."""
    known = operations()
    assert len(known) > 20, "the AWS room is where it was"
    text = "\n".join(code(path) for room in CALLERS for path in (SOURCES / room).rglob("*.swift"))
    found = {
        action for name, action in known.items() if re.search(rf"(?:(?<![.\w])|\bAWS\.){name}\(", text)
    }
    return set().union(*(PARTS.get(action, {action}) for action in found)) - FREE


def code(path: Path) -> str:
    return "\n".join(line.split("//")[0] for line in path.read_text().splitlines())


def statements(effect: str) -> list[dict[str, Any]]:
    policy = json.loads((ROOT / "docs" / "iam-policy.json").read_text())
    return [row for row in policy["Statement"] if row["Effect"] == effect]


def actions(effect: str) -> list[str]:
    rows = [row["Action"] for row in statements(effect)]
    return [action for row in rows for action in ([row] if isinstance(row, str) else row)]


def test_everything_that_is_called_is_allowed() -> None:
    assert called() - set(actions("Allow")) == set()


def test_nothing_else_is_allowed() -> None:
    assert set(actions("Allow")) - called() == set()
    assert not any("*" in action for action in actions("Allow")), "actions by name only"


def test_no_statement_allows_what_another_denies() -> None:
    assert set(actions("Deny")) & set(actions("Allow")) == set()


def test_what_changes_something_names_its_resources() -> None:
    """Reads may look at everything; a metric has no ARN, so its namespace is the limit."""
    for row in statements("Allow"):
        found = [row["Action"]] if isinstance(row["Action"], str) else row["Action"]
        reads = all(action.split(":")[1].startswith(("Describe", "Get", "List", "Simulate")) for action in found)
        assert reads or row["Resource"] != "*" or "cloudwatch:namespace" in json.dumps(row["Condition"]), row


def test_the_policy_fits_and_its_statements_are_explained() -> None:
    text = (ROOT / "docs" / "iam-policy.json").read_text()
    assert len(re.sub(r"\s", "", text)) <= POLICY_CHARACTERS
    explained = (ROOT / "docs" / "iam.md").read_text()
    for row in statements("Allow") + statements("Deny"):
        assert f"`{row['Sid']}`" in explained, row["Sid"]
    for word in set(
        re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b", " ".join(re.findall(r'"arn[^"]*"|"RECORD_NAME"', text)))
    ):
        assert f"`{word}`" in explained, word
