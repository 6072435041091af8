"""What `make test-infra` leaves out at a stand-in: said loudly, and never more than is needed."""

import dataclasses

import pytest

from applied.stand_in import ALL, LACKING, Lacking, NotTested, judged
from harness.systems import SYSTEMS

LAG = Lacking("lag", ("shop",), "no metrics")
FAILED = {"name": "lag shop", "result": "fail", "detail": "no sample"}


def test_what_is_left_out_is_a_warning_that_pytest_prints() -> None:
    with pytest.warns(NotTested, match="NOT TESTED at a stand-in, no metrics: lag shop: no sample"):
        assert judged([FAILED], "shop", [LAG]) == []


def test_a_failure_that_nobody_expects_is_one() -> None:
    other = {"name": "lagoon shop", "result": "fail", "detail": "deep"}
    with pytest.warns(NotTested):
        assert judged([FAILED, other], "shop", [LAG]) == ["lagoon shop: deep"]
    assert judged([FAILED], "plant", [LAG]) == ["lag shop: no sample"]


def test_a_line_that_is_not_needed_any_more_is_an_error() -> None:
    (said,) = judged([], "shop", [LAG])
    assert "take it off the list" in said
    assert judged([], "plant", [LAG]) == []
    assert judged([], "shop", [dataclasses.replace(LAG, always=False)]) == []


def test_every_line_has_a_reason_and_systems_that_are_there() -> None:
    assert sorted(ALL) == SYSTEMS
    assert len({line.check for line in LACKING}) == len(LACKING)
    for line in LACKING:
        assert line.why and line.systems and set(line.systems) <= set(ALL), line
