"""Both kinds of workload get away from a dead Region, through the real processes."""

from __future__ import annotations

import pytest

from staging.records import finished, notices, phases
from staging.stage import Stage


@pytest.mark.parametrize("mode", ["refuse", "blackhole"])
def test_an_rds_replica_is_promoted_and_its_record_is_moved(stage: Stage, mode: str) -> None:
    name = stage.orders()
    stage.open()
    assert stage.leads_to(name) == "primary"
    stage.outage(name, mode)
    view = stage.until_phase(name, "failed-over", 60)
    assert stage.side(name, "standby")["promotions"] == 1
    assert stage.side(name, "standby")["role"] == "writer"
    assert stage.leads_to(name) == "standby"
    assert view["activeRegion"] == "ap-southeast-1"
    assert [step["state"] for step in view["plan"]["steps"]] == [
        "done",
        "unconfirmed",
        "done",
        "done",
        "done",
        "done",
    ], "every step but the fence, which a dead Region cannot confirm"
    assert len(view["owedFences"]) == 1
    assert phases(stage.history()) == ["suspected", "failing-over", "failed-over"]


@pytest.mark.parametrize("method", ["detach", "managed-failover"])
def test_an_aurora_secondary_takes_over_and_a_health_check_moves_the_name(stage: Stage, method: str) -> None:
    """C10: with us-east-1 dead, Route 53's record API and the global endpoints are dead too."""
    name = stage.payments(method)
    stage.open()
    assert stage.leads_to(name) == "primary"
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    standby = stage.side(name, "standby")
    assert (standby["promotions"], standby["role"]) == (1, "writer")
    assert stage.leads_to(name) == "standby"
    operation = {"detach": "RemoveFromGlobalCluster", "managed-failover": "FailoverGlobalCluster"}[method]
    assert [call["operation"] for call in stage.promoting_calls()] == [operation]
    assert stage.calls("ChangeResourceRecordSets") == [], "Route 53's control plane is dead with us-east-1"


def test_two_workloads_in_two_regions_fail_over_beside_each_other(stage: Stage) -> None:
    orders, payments = stage.orders(), stage.payments()
    stage.open()
    stage.outage(orders)
    stage.until_phase(orders, "failed-over", 60)
    assert not stage.view(payments).get("plan"), "the other Region is well"
    stage.outage(payments)
    stage.until_phase(payments, "failed-over", 60)
    assert {stage.leads_to(orders), stage.leads_to(payments)} == {"standby"}
    assert len(stage.promoting_calls()) == 2


def test_people_are_told_through_the_surviving_region(stage: Stage) -> None:
    """N2: the topic in the dead Region takes nothing, the other one does."""
    name = stage.orders()
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    stage.until(name, lambda view: view["undeliveredNotices"] == 0, "all notices delivered")
    told = stage.inbox.about(name)
    assert {message["region"] for message in told} == {"ap-southeast-1"}
    kinds = notices(stage.history())
    assert [kind for kind in kinds if kind != "step"] == ["suspected", "confirmed", "started", "completed"]
    for word in ("suspected", "failover started", "failover completed"):
        assert stage.inbox.about(name, word), f"nobody was told: {word}"


def test_the_owed_fence_is_made_when_the_region_returns(stage: Stage) -> None:
    """R1: the old writer comes back as a writer."""
    orders, payments = stage.orders(), stage.payments()
    stage.open()
    faults = [stage.outage(orders), stage.outage(payments)]
    # The record of orders can only be moved once us-east-1 is back; the rest of it goes on meanwhile.
    stage.until_phase(payments, "failed-over", 60)
    stage.until(orders, lambda view: view["plan"], "a plan")
    for fault in faults:
        stage.lab.lift(fault)
    for name in (orders, payments):
        stage.until(name, lambda v: v["phase"] == "failed-over" and not v["owedFences"], "fenced", 90)
        old = stage.side(name, "primary")
        assert (old["alive"], old["fenced"], old["accepting"]) == (True, True, False)
        assert stage.side(name, "standby")["accepting"]
    quarantine = stage.estates[orders]["primary"]["security_groups"]["quarantine"]
    assert stage.side(orders, "primary")["security_groups"] == [quarantine]
    assert "fenced" in stage.notices()


def test_a_live_region_whose_database_died_is_fenced_before_the_promotion(stage: Stage) -> None:
    name = stage.orders()
    # Closed groups, a restart, and looks at what serves again: on a busy machine that takes more than 5 s.
    policy = stage.config["defaults"]["policy"]
    policy["timeouts"] = {**policy["timeouts"], "fence": "30s"}
    stage.open()
    stage.lab.fault("database_down", identifier=stage.estates[name]["primary"]["identifier"])
    view = stage.until_phase(name, "failed-over", 60)
    assert view["owedFences"] == []
    fence, promotion = finished(stage.history(), "fence")[-1], finished(stage.history(), "promote")[-1]
    assert "succeeded" in fence["outcome"]
    assert fence["at"] <= promotion["at"]
