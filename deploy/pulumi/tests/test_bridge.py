"""The judgement on a second plan, without the tool that makes one."""

from typing import Any

import pytest
from bridge.drift import UNKNOWN, Drift, drifts
from bridge.forgotten import FORGOTTEN, Forgotten, judged

from harness.systems import SYSTEMS

LINE = Forgotten("aws_sns_topic", "signature_version", ("shop",), "no signatures")
HELD = Drift("aws_sns_topic.notices", "signature_version", 0, 2, replaces=False)


def change(before: Any, after: Any, unknown: Any = None, **more: Any) -> dict[str, Any]:
    body = {"actions": ["update"], "before": before, "after": after, "after_unknown": unknown or {}, **more}
    return {"resource_changes": [{"address": "aws_x.y", "change": body}]}


def test_what_is_the_same_is_no_drift() -> None:
    assert drifts(change({"a": 1}, {"a": 1}, actions=["no-op"])) == []
    assert drifts(change({"a": [{"b": 1}], "c": None}, {"a": [{"b": 1}]})) == []


def test_a_drift_says_where_in_the_resource_it_is() -> None:
    found = drifts(change({"a": [{"b": 1, "c": 2}], "d": []}, {"a": [{"b": 3, "c": 2}], "d": [1]}))
    assert [(d.path, d.was, d.wanted) for d in found] == [("a.0.b", 1, 3), ("d", [], [1])]


def test_a_value_that_only_the_apply_would_tell_is_a_drift() -> None:
    (found,) = drifts(change({"policy": "old"}, {}, {"policy": True}))
    assert (found.path, found.wanted) == ("policy", UNKNOWN)


def test_what_is_made_anew_says_for_what_and_not_what_follows_from_it() -> None:
    plan = change(
        {"image": "a", "id": "i"}, {"image": "b"}, {"id": True}, replace_paths=[["image"]], actions=["delete"]
    )
    (found,) = drifts(plan)
    assert (found.path, found.replaces) == ("image", True)


def test_what_is_made_or_deleted_by_a_second_plan_is_a_drift() -> None:
    assert len(drifts(change(None, {"a": 1}, actions=["create"]))) == 1
    assert len(drifts(change({"a": 1}, None, actions=["delete"]))) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        Drift("aws_sns_topic.notices", "name", 0, 2, replaces=False),
        Drift("aws_sqs_queue.notices", "signature_version", 0, 2, replaces=False),
        Drift("aws_sns_topic.notices", "signature_version", 1, 2, replaces=False),
        Drift("aws_sns_topic.notices", "signature_version", 0, 2, replaces=True),
    ],
)
def test_nothing_but_what_is_on_the_list_passes(wrong: Drift) -> None:
    assert judged([HELD], "shop", [LINE]) == []
    assert judged([HELD, wrong], "shop", [LINE]) == [str(wrong)]


def test_a_line_that_is_not_needed_any_more_is_an_error_where_it_was() -> None:
    assert judged([], "orders", [LINE]) == []
    assert len(judged([], "shop", [LINE])) == 1


def test_every_line_names_systems_that_are_there_and_a_reason() -> None:
    for line in FORGOTTEN:
        assert line.systems and set(line.systems) <= set(SYSTEMS), line
        assert line.why, line
