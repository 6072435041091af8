"""AWS answers badly in the middle of a failover: lost replies, throttling, stale views, refusals."""

from __future__ import annotations

from typing import Any

import pytest

from staging.records import finished, step_of
from staging.stage import Stage
from staging.waiting import wait_until

PROMOTIONS = [("orders", "PromoteReadReplica"), ("payments", "RemoveFromGlobalCluster")]


def begin(stage: Stage, kind: str) -> str:
    name = stage.orders() if kind == "orders" else stage.payments()
    stage.open()
    return name


def step(view: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(row for row in view["plan"]["steps"] if row["id"] == name)
    return found


def assert_moved_once(stage: Stage, name: str) -> None:
    assert len(stage.promoting_calls()) == 1, "at most one promoting call takes effect"
    assert stage.side(name, "standby")["promotions"] == 1
    assert stage.leads_to(name) == "standby"


@pytest.mark.parametrize(("kind", "operation"), PROMOTIONS)
def test_a_promotion_whose_reply_is_lost_is_found_and_not_repeated(
    stage: Stage, kind: str, operation: str
) -> None:
    """X2: applied, and the connection reset before the reply."""
    name = begin(stage, kind)
    stage.lab.fault("lost_reply", operation=operation, count=1)
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    assert_moved_once(stage, name)


@pytest.mark.parametrize(("kind", "operation"), PROMOTIONS)
def test_a_throttled_promotion_is_tried_again(stage: Stage, kind: str, operation: str) -> None:
    """X6: Throttling comes as a 400."""
    name = begin(stage, kind)
    stage.lab.fault("throttle", operation=operation, count=4)
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    assert_moved_once(stage, name)


@pytest.mark.parametrize("body", ["html", "truncated", "empty"])
def test_a_garbled_reply_to_the_promotion_is_doubt_and_not_success(stage: Stage, body: str) -> None:
    name = begin(stage, "orders")
    stage.lab.fault("garbage", operation="PromoteReadReplica", body=body, count=1)
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    assert_moved_once(stage, name)


@pytest.mark.parametrize("alternate", [False, True])
@pytest.mark.parametrize(("kind", "operation"), PROMOTIONS)
def test_views_that_lag_behind_do_not_lead_to_a_second_promotion(
    stage: Stage, kind: str, operation: str, alternate: bool
) -> None:
    """X7: old and new roles are told in turn."""
    name = begin(stage, kind)
    stage.config["controller"]["settle_time"] = "4s"
    stage.drctl.stop()
    stage.open()
    stage.lab.fault(
        "stale_reads",
        service="rds",
        region=stage.estates[name]["standby"]["region"],
        seconds=3,
        alternate=alternate,
        for_seconds=25,
    )
    stage.lab.fault("lost_reply", operation=operation, count=1)
    stage.outage(name)
    stage.until_phase(name, "failed-over", 90)
    assert_moved_once(stage, name)


@pytest.mark.parametrize(("kind", "operation"), PROMOTIONS)
def test_a_promotion_that_is_not_allowed_stops_and_goes_on_once_it_is(
    stage: Stage, kind: str, operation: str
) -> None:
    name = begin(stage, kind)
    fault = stage.lab.fault("access_denied", operation=operation)
    stage.outage(name)
    view = stage.until_phase(name, "needs-operator", 60)
    stopped = next(step for step in view["plan"]["steps"] if step["state"] == "stopped")
    assert operation in stopped["detail"] or "denied" in stopped["detail"].lower()
    wait_until(lambda: stage.inbox.about(name, "NEEDS OPERATOR"), "the notice that a person is needed")
    assert stage.leads_to(name) == "primary"
    stage.lab.lift(fault)
    resumed = stage.run("resume", name, "--reason", "the policy is repaired")
    assert resumed.code == 0, str(resumed)
    assert stage.view(name)["phase"] == "failed-over"
    assert_moved_once(stage, name)


def test_an_expired_token_in_the_middle_stops_nothing_for_good(stage: Stage) -> None:
    """X15: the session ends in the middle of the plan."""
    name = begin(stage, "orders")
    stage.lab.fault("expired_token", operation="PromoteReadReplica", count=1)
    stage.outage(name)
    view = stage.until(name, lambda v: v["phase"] in ("failed-over", "needs-operator"), "an end", 60)
    if view["phase"] == "needs-operator":
        assert stage.run("resume", name, "--reason", "new credentials").code == 0
    assert_moved_once(stage, name)


def test_a_dead_topic_never_holds_a_failover_up(stage: Stage) -> None:
    name = begin(stage, "orders")
    stage.lab.fault("error", service="sns", code="NotFound", status=404, message="Topic does not exist")
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    assert_moved_once(stage, name)
    assert stage.view(name)["undeliveredNotices"] > 0
    assert "not delivered yet" in stage.run("status", name).out


def test_a_hanging_topic_never_holds_a_failover_up(stage: Stage) -> None:
    """N1: a topic that takes the connection and never answers."""
    name = begin(stage, "orders")
    stage.lab.fault("api_down", service="sns", mode="blackhole")
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    assert_moved_once(stage, name)


def test_a_record_that_somebody_else_has_changed_is_left_alone(stage: Stage) -> None:
    name = begin(stage, "orders")
    record = stage.estates[name]["record"]
    stage.house.pieces.upsert(
        record["zone_id"],
        [
            {
                "Name": record["name"],
                "Type": "CNAME",
                "TTL": 30,
                "ResourceRecords": [{"Value": "maintenance.example.com"}],
            }
        ],
    )
    stage.outage(name)
    view = stage.until_phase(name, "needs-operator", 60)
    stopped = next(step for step in view["plan"]["steps"] if step["state"] == "stopped")
    assert stopped["id"] == step_of(stage.history(), "move-record")
    assert "maintenance.example.com" in stopped["detail"]
    assert stage.leads_to(name) == "maintenance.example.com"
    assert stage.side(name, "standby")["promotions"] == 1
    stage.house.pieces.upsert(
        record["zone_id"],
        [
            {
                "Name": record["name"],
                "Type": "CNAME",
                "TTL": 30,
                "ResourceRecords": [{"Value": stage.estates[name]["primary"]["host"]}],
            }
        ],
    )
    resumed = stage.run("resume", name, "--reason", "put back what it was")
    assert resumed.code == 0, str(resumed)
    assert_moved_once(stage, name)


def test_a_record_waits_for_route_53s_control_plane(stage: Stage) -> None:
    """X12: us-east-1 dies while orders fails over: the database is promoted, the record has to wait."""
    name = begin(stage, "orders")
    stage.outage(name)
    stage.until_phase(name, "failing-over")
    fault = stage.region_down("us-east-1")
    wait_until(lambda: stage.side(name, "standby")["promotions"] == 1, "the promotion")
    move = step_of(stage.history(), "move-record")
    stage.until(name, lambda v: step(v, move)["state"] in ("running", "retrying"), "the record's turn")

    def unanswered() -> bool:
        calls = [call for call in stage.calls() if call["service"] == "route53" and call["outcome"] == "cut"]
        return len([call for call in calls if call["operation"].startswith(("List", "Change"))]) >= 3

    wait_until(unanswered, "the record is tried again and again")
    assert stage.leads_to(name) == "primary"
    stage.lab.lift(fault)
    stage.until_phase(name, "failed-over", 60)
    assert_moved_once(stage, name)


def test_a_required_fence_comes_before_the_promotion_or_nothing_does(stage: Stage) -> None:
    name = stage.orders()
    stage.database(name)["fencing"]["required"] = True
    stage.open()
    fault = stage.outage(name)
    stage.until_phase(name, "needs-operator", 60)
    assert stage.promoting_calls() == []
    stage.lab.lift(fault)
    # Alive again, so a promotion now would make two writers; a person gives the plan up.
    stage.until(name, lambda v: v["assessment"]["verdict"] == "healthy", "the primary is back")
    assert stage.run("abandon", name, "--reason", "it came back by itself").code == 0
    stage.until_phase(name, "watching", 40)
    assert stage.promoting_calls() == []


def test_a_primary_that_comes_back_before_the_promotion_is_kept(stage: Stage) -> None:
    name = stage.orders()
    stage.database(name)["fencing"]["required"] = True
    stage.open()
    fault = stage.outage(name)
    stage.until_phase(name, "failing-over", 40)
    stage.lab.lift(fault)
    view = stage.until(
        name, lambda v: v["phase"] in ("watching", "suspected", "needs-operator", "failed-over"), "an end", 60
    )
    if view["phase"] == "failed-over":
        # The fence held before anything was promoted: a failover that is late, but not a second writer.
        assert stage.side(name, "primary")["fenced"]
        assert len(finished(stage.history(), "fence")) >= 1
    else:
        assert stage.promoting_calls() == []
