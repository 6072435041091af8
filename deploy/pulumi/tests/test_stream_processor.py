"""The stream's processor: against moto's table, in process."""

import base64
import json
import random
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from functions.stream_processor import handler as function
from functions.stream_processor.analysis import LEARNING, State, Step, step
from functions.stream_processor.readings import Reading, Rejected, reading
from functions.stream_processor.state import States
from harness.surroundings import surround

NOW = 1_800_000_000.0
NOW_MS = int(NOW * 1000)


def record(number: int = 1, **changed: Any) -> dict[str, Any]:
    """As Lambda hands it over."""
    good = {
        "line": "press",
        "machine": "press-1",
        "readAt": NOW_MS - 1000 + number,
        "receivedAt": NOW_MS - 200,
        "temperature": 60.0,
        "vibration": 2.0,
    }
    said = {k: v for k, v in {**good, **changed}.items() if v is not None}
    data = base64.b64encode(json.dumps(said).encode()).decode()
    return {"kinesis": {"sequenceNumber": str(number), "data": data}}


@pytest.fixture
def states(monkeypatch: pytest.MonkeyPatch) -> Iterator[States]:
    """The table."""
    surround(monkeypatch, "ap-southeast-1", NAMESPACE="plant", STREAM="readings")
    with mock_aws():
        dynamodb = boto3.client("dynamodb")
        dynamodb.create_table(
            TableName="state",
            AttributeDefinitions=[{"AttributeName": "machine", "AttributeType": "S"}],
            KeySchema=[{"AttributeName": "machine", "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )
        yield States("state", dynamodb)


def samples(capsys: pytest.CaptureFixture[str]) -> dict[str, dict[str, Any]]:
    """The metrics that were said, by their line (or stream)."""
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return {s.get("Line", s.get("Stream")): s for s in said if "_aws" in s}


def test_the_newest_reading_is_the_machines_state(states: States) -> None:
    done = function.process([record(1), record(2, temperature=61.5)], states, NOW)
    assert done == {"batchItemFailures": []}
    kept = states.of(["press-1"])["press-1"]
    assert (kept.newest.temperature, kept.newest.read_at, kept.seen) == (61.5, NOW_MS - 998, 2)


def test_a_batch_that_comes_again_changes_nothing(states: States) -> None:
    batch = [record(n, temperature=60.0 + n) for n in range(1, 6)]
    function.process(batch, states, NOW)
    before = states.of(["press-1"])
    function.process(batch, states, NOW)
    assert states.of(["press-1"]) == before


def test_a_late_reading_does_not_push_back_a_newer_state(states: States) -> None:
    function.process([record(5, temperature=70.0)], states, NOW)
    function.process([record(4, temperature=10.0)], states, NOW)
    assert states.of(["press-1"])["press-1"].newest.temperature == 70.0


def test_what_the_other_region_kept_meanwhile_stays(states: States) -> None:
    newer = step(None, reading(record(9)["kinesis"]["data"])).state
    states.keep(newer)
    states.keep(step(None, reading(record(3, temperature=10.0)["kinesis"]["data"])).state)
    assert states.of(["press-1"]) == {"press-1": newer}


def test_more_machines_than_one_question_takes(states: States) -> None:
    batch = [record(n, machine=f"m{n}") for n in range(1, 251)]
    assert function.process(batch, states, NOW) == {"batchItemFailures": []}
    assert len(states.of(f"m{n}" for n in range(1, 251))) == 250


def test_each_line_says_its_numbers(states: States, capsys: pytest.CaptureFixture[str]) -> None:
    batch = [
        record(1, temperature=80.0),
        record(2, temperature=75.0, vibration=6.5),
        record(3, line="paint", machine="paint-1"),
    ]
    function.process(batch, states, NOW)
    said = samples(capsys)
    press = said["press"]
    assert (press["Readings"], press["Temperature"], press["Vibration"]) == (2, 80.0, 6.5)
    assert press["Delay"] == 200
    assert said["paint"]["Readings"] == 1
    (definition,) = press["_aws"]["CloudWatchMetrics"]
    assert {m["Name"] for m in definition["Metrics"]} <= press.keys()


def test_a_late_reading_is_counted_as_late_and_its_measures_are_not(
    states: States, capsys: pytest.CaptureFixture[str]
) -> None:
    function.process([record(5)], states, NOW)
    capsys.readouterr()
    function.process([record(4, temperature=99.0)], states, NOW)
    said = samples(capsys)["press"]
    assert (said["Late"], "Temperature" in said) == (1, False)


@pytest.mark.parametrize(
    "changed",
    [
        {"machine": "../x"},
        {"line": None},
        {"temperature": "hot"},
        {"temperature": float("nan")},
        {"temperature": 5000},
        {"vibration": -1},
        {"vibration": True},
        {"readAt": 0},
        {"readAt": NOW_MS + 3_600_000},
        {"receivedAt": 1.5},
    ],
)
def test_what_cannot_be_used_is_counted_and_left_behind(
    states: States, capsys: pytest.CaptureFixture[str], changed: dict[str, Any]
) -> None:
    done = function.process([record(1, **changed), record(2, machine="good")], states, NOW)
    assert done == {"batchItemFailures": []}
    assert list(states.of(["good", "press-1"])) == ["good"]
    assert samples(capsys)["readings"]["Rejected"] == 1


@pytest.mark.parametrize("data", ["", "!", base64.b64encode(b"[" * 100_000).decode(), "W10="])
def test_what_is_no_json_object_is_rejected(data: str) -> None:
    with pytest.raises(Rejected):
        reading(data)


def test_a_batch_comes_again_when_the_table_does_not_answer(
    states: States, capsys: pytest.CaptureFixture[str]
) -> None:
    states.dynamodb.delete_table(TableName="state")
    done = function.process([record(7), record(8)], states, NOW)
    assert done == {"batchItemFailures": [{"itemIdentifier": "7"}]}
    # Nothing was counted: it will be when it is done.
    assert not samples(capsys)


def learnt(chance: random.Random) -> State:
    """A machine that has run steadily for a while."""
    state: State | None = None
    for n in range(LEARNING * 2):
        state = after(state, n, 60 + chance.gauss(0, 1)).state
    assert state is not None
    return state


def after(state: State | None, n: int, temperature: float) -> Step:
    """One more reading."""
    return step(state, Reading("press", "press-1", NOW_MS + n, NOW_MS + n, temperature, 2.0))


def test_what_stands_out_is_unusual_and_noise_is_not() -> None:
    chance = random.Random(7)
    state = learnt(chance)
    noise = [after(state, 1000 + n, 60 + chance.gauss(0, 1)).unusual for n in range(200)]
    assert sum(noise) == 0
    assert after(state, 2000, 75.0).unusual
    assert after(state, 2000, 45.0).unusual


def test_nothing_is_unusual_before_the_usual_is_known() -> None:
    state = after(after(None, 1, 60.0).state, 2, 60.1).state
    assert not after(state, 3, 500.0).unusual


def test_a_measure_that_never_moved_makes_nothing_unusual() -> None:
    state: State | None = None
    for n in range(LEARNING * 2):
        state = after(state, n, 60.0).state
    assert not after(state, 1000, 60.1).unusual
