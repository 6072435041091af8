"""What drctl's host may do in AWS: docs/iam-policy.json, which a test holds to the operations that the code
calls, with its words in capitals replaced by a stack's own resources. A statement whose resources the stack
does not have is left out; a word that is not known here is an error, so that a new statement cannot be
lost."""

import itertools
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pulumi

from .iam import Statement

POLICY = Path(__file__).resolve().parents[3] / "docs" / "iam-policy.json"

Words = Mapping[str, Sequence[pulumi.Input[str]]]

# Every word that the policy may use. What one stands for: docs/iam.md.
KNOWN = (
    "ACCOUNT",
    "PRIMARY_REGION",
    "STANDBY_REGION",
    "PRIMARY_INSTANCE",
    "PRIMARY_MEMBER",
    "STANDBY_INSTANCE",
    "PRIMARY_CLUSTER",
    "STANDBY_CLUSTER",
    "GLOBAL_CLUSTER",
    "DETACHED_CLUSTER",
    "PRIMARY_SERVICE",
    "STANDBY_SERVICE",
    "SCALING_GROUP",
    "SECURITY_GROUP",
    "ZONE",
    "RECORD_NAME",
    "HEALTH_CHECK",
    "LEVER_HEALTH_CHECK",
    "TOPIC",
    "ALARM_TOPIC",
    "TABLE_REGION",
    "TABLE",
)
# Statements that a person needs who runs `drctl init`, and that the host's role must not have.
NOT_THE_SERVICE = {"Discover"}
# Statements whose resources do not all say what they are needed for: docs/iam.md does.
NEEDS = {
    "DetachCluster": "DETACHED_CLUSTER",
    "FollowRecordChange": "RECORD_NAME",
    "MoveByHealthCheck": "LEVER_HEALTH_CHECK",
    "WatchGroups": "SCALING_GROUP",
}

# A whole word: `autoScalingGroup` in an ARN has capitals too.
_WORD = re.compile(r"\b[A-Z]+(?:_[A-Z]+)*\b")


def controller_statements(words: Words) -> list[Statement]:
    """The policy for one stack. `words` has the stack's resources; a word that it lacks, it does not have."""
    read = json.loads(POLICY.read_text())["Statement"]
    scoped = [_scoped(body, words) for body in read if body["Sid"] not in NOT_THE_SERVICE]
    return [s for s in scoped if s is not None]


def _scoped(body: dict[str, Any], words: Words) -> Statement | None:
    conditions = _conditions(body.get("Condition", {}), words)
    resources = [r for pattern in _listed(body["Resource"]) for r in _resources(pattern, words)]
    needed = NEEDS.get(body["Sid"])
    if not resources or conditions is None or (needed and not words.get(needed)):
        return None
    return Statement(
        sid=body["Sid"],
        actions=_listed(body["Action"]),
        resources=resources,
        effect=body["Effect"],
        conditions=conditions,
    )


def _resources(pattern: str, words: Words) -> list[pulumi.Input[str]]:
    """One pattern, for each combination of its words' values; none when a word has no value."""
    used = sorted(set(_WORD.findall(pattern)), key=lambda w: -len(w))
    unknown = [w for w in used if w not in KNOWN]
    if unknown:
        raise LookupError(
            f"{POLICY.name} has the word {unknown[0]} in {pattern}: say here what it stands for"
        )
    if not used:
        return [pattern]
    made: list[pulumi.Input[str]] = []
    for values in itertools.product(*(words.get(w, ()) for w in used)):
        made.append(pulumi.Output.all(**dict(zip(used, values, strict=True))).apply(_filler(pattern)))
    return made


def _filler(pattern: str) -> Any:
    return lambda values: _WORD.sub(lambda found: str(values[found.group()]), pattern)


def _conditions(conditions: dict[str, Any], words: Words) -> dict[str, dict[str, Any]] | None:
    """None when a condition needs a word that the stack lacks. Other capitals (CNAME, CREATE) stay."""
    made: dict[str, dict[str, Any]] = {}
    for test, keys in conditions.items():
        for key, wanted in keys.items():
            values: list[Any] = []
            for value in _listed(wanted):
                values += words.get(value, ()) if value in KNOWN else [value]
            if not values:
                return None
            made.setdefault(test, {})[key] = values if isinstance(wanted, list) else values[0]
    return made


def _listed(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
