"""What must not fail over, does not; and people learn why."""

from __future__ import annotations

from typing import Any

from staging.stage import Stage
from staging.waiting import wait_until

# Longer than the confirmation window and everything around it: a failover would have begun by then.
WATCHED_SECONDS = 7


def test_a_dead_api_with_a_live_database_is_no_outage(stage: Stage) -> None:
    orders, payments = stage.orders(), stage.payments()
    stage.open()
    for region in ("ap-southeast-2", "us-east-1"):
        stage.lab.fault("api_down", region=region)
    stage.until(payments, lambda view: view["phase"] == "suspected", "suspected")
    stage.never_acts(payments, WATCHED_SECONDS)
    for name in (orders, payments):
        assert stage.view(name)["assessment"]["verdict"] in ("suspect", "healthy")
        assert stage.leads_to(name) == "primary"
    assert "failing-over" not in stage.phases()


def test_a_controller_that_is_cut_off_from_everything_does_nothing(stage: Stage) -> None:
    """D2: the fault is on the controller's side."""
    orders, payments = stage.orders(), stage.payments()
    stage.open()
    stage.lab.fault("isolate")
    for name in (orders, payments):
        stage.until(name, lambda view: view["assessment"]["verdict"] == "isolated", "verdict isolated")
    stage.never_acts(orders, WATCHED_SECONDS)
    stage.lab.lift()
    for name in (orders, payments):
        stage.until_phase(name, "watching")
    assert stage.changes() == []


def test_a_controller_that_cannot_reach_the_primary_but_others_can_does_nothing(stage: Stage) -> None:
    """The path between is cut: our probe and our API calls fail, checkers and replica say that it lives."""
    name = stage.orders()
    stage.open()
    estate = stage.estates[name]
    group = estate["primary"]["security_groups"]["app"]
    # Nobody gets in any more, but the lab's checkers, who stand for those whose path is whole.
    stage.lab.order("POST", f"healthchecks/{estate['health_checks']['primary']}", {"force": "healthy"})
    ec2 = stage.lab.client("ec2", estate["primary"]["region"])
    rules = ec2.describe_security_groups(GroupIds=[group])["SecurityGroups"][0]["IpPermissions"]
    ec2.revoke_security_group_ingress(GroupId=group, IpPermissions=rules)
    stage.lab.fault("api_down", region=estate["primary"]["region"])
    stage.until(name, lambda view: view["assessment"]["verdict"] == "partitioned", "verdict partitioned")
    stage.never_acts(name, WATCHED_SECONDS)
    assert stage.changes() == []


def test_without_any_metric_the_lag_is_unknown_and_nothing_is_promoted(stage: Stage) -> None:
    """D4: CloudWatch answers and has no data."""
    name = stage.orders(witnesses=["control-plane", "replication", "probe"], quorum=2)
    # From the start: what the replica was last known to have before an outage it still has.
    stage.lab.fault("metrics_missing")
    stage.configure()
    stage.drctl.serve()
    stage.until(name, lambda view: view["assessment"]["verdict"] == "healthy", "healthy, its lag unknown")
    stage.outage(name)
    view = stage.until_phase(name, "blocked", 40)
    closed = {gate["id"]: gate["because"] for gate in view["assessment"]["gates"] if not gate["open"]}
    assert "unknown" in closed["lag"]
    assert stage.promoting_calls() == []
    wait_until(lambda: stage.inbox.about(name, "BLOCKED", "unknown"), "the notice of the block")


def test_too_much_lag_blocks_and_explain_says_so_in_its_first_line(stage: Stage) -> None:
    """C1: more would be lost than was agreed."""
    name = stage.orders(stall_after="10m", maximum_data_loss="5s")
    stage.lab.order(
        "POST", f"databases/ap-southeast-1/{name}-replica", {"lag": {"kind": "fixed", "seconds": 90}}
    )
    stage.configure()
    stage.drctl.serve()

    def is_behind(view: dict[str, Any]) -> bool:
        # What was applied before the lab let it fall behind does not count as lost, so this takes its time.
        assessment = view["assessment"]
        lags = [database.get("lag") for database in assessment["databases"]]
        return assessment["verdict"] == "healthy" and all(lag and lag["lossSeconds"] > 6 for lag in lags)

    stage.until(name, is_behind, "healthy, but behind")
    stage.outage(name)
    stage.until_phase(name, "blocked")
    stage.never_acts(name, 3)
    explained = stage.run("explain", name)
    assert explained.code == 0
    first = explained.out.splitlines()[0]
    assert name in first
    assert "blocked" in first
    assert "lag" in first
    assert "over the limit of 5.0 s" in first
    wait_until(lambda: stage.inbox.about(name, "BLOCKED", "over the limit"), "the notice of the block")
    manual = stage.run("failover", name, "--yes", "--reason", "as long as nothing is lost")
    assert manual.code == 3, "a person's word alone does not pass over the lag"
    assert "--allow-data-loss" in manual.err
    accepted = stage.run("failover", name, "--yes", "--reason", "we take the loss", "--allow-data-loss")
    assert accepted.code == 0, str(accepted)
    assert stage.side(name, "standby")["promotions"] == 1


def test_aws_at_work_on_the_primary_is_waited_for(stage: Stage) -> None:
    """C4: a Multi-AZ failover is under way."""
    name = stage.orders(provider_recovery_limit="30s")
    stage.open()
    primary = stage.estates[name]["primary"]
    stage.lab.order("POST", f"databases/{primary['region']}/{primary['identifier']}", {"status": "rebooting"})
    stage.lab.fault("database_down", identifier=primary["identifier"])
    stage.until(
        name, lambda v: v["assessment"]["verdict"] == "provider-recovering", "verdict provider-recovering"
    )
    stage.never_acts(name, WATCHED_SECONDS)
    stage.lab.lift()
    stage.lab.order("POST", f"databases/{primary['region']}/{primary['identifier']}", {"status": None})
    stage.until_phase(name, "watching")
    assert stage.changes() == []


def test_aws_at_work_for_too_long_is_not_waited_for(stage: Stage) -> None:
    name = stage.orders(provider_recovery_limit="2s", quorum=2)
    stage.open()
    primary = stage.estates[name]["primary"]
    stage.lab.order(
        "POST", f"databases/{primary['region']}/{primary['identifier']}", {"status": "failing-over"}
    )
    stage.lab.fault("database_down", identifier=primary["identifier"])
    stage.until_phase(name, "failed-over", 60)
    assert len(stage.promoting_calls()) == 1


def test_a_hold_keeps_everything_still_until_it_is_released(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    assert stage.run("hold", name, "--reason", "release night").code == 0
    stage.outage(name)
    view = stage.until_phase(name, "blocked")
    assert view["hold"]["reason"] == "release night"
    stage.never_acts(name, 4)
    refused = stage.run("failover", name, "--yes", "--reason", "in spite of it")
    assert (refused.code, "release night" in refused.err) == (3, True)
    assert stage.run("release", name, "--reason", "release is off").code == 0
    stage.until_phase(name, "failed-over", 60)
    assert [kind for kind in stage.notices() if kind in ("held", "released")] == ["held", "released"]


def test_a_headless_secondary_is_no_target(stage: Stage) -> None:
    """C3: a secondary without an instance cannot take over."""
    name = stage.payments()
    stage.lab.client("rds", "us-east-2").delete_db_instance(
        DBInstanceIdentifier=f"{name}-use2-1", SkipFinalSnapshot=True
    )
    stage.configure()
    stage.drctl.serve()
    stage.until(name, lambda v: (v["assessment"] or {})["verdict"] == "healthy", "healthy")
    stage.outage(name)
    view = stage.until_phase(name, "blocked")
    closed = {gate["id"]: gate["because"] for gate in view["assessment"]["gates"] if not gate["open"]}
    assert "headless" in closed["target"]
    assert stage.promoting_calls() == []


def test_an_outage_shorter_than_the_window_changes_nothing(stage: Stage) -> None:
    """D1: shorter than the confirmation window."""
    name = stage.payments(confirmation_window="15s")
    stage.open()
    fault = stage.outage(name)
    stage.until_phase(name, "suspected")
    stage.lab.lift(fault)
    stage.until_phase(name, "watching")
    assert stage.changes() == []
    assert stage.notices() == ["suspected", "cleared"]


def test_mode_observe_only_says_what_it_would_do(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    stage.outage(name)
    view = stage.until_phase(name, "blocked")
    assert [gate["id"] for gate in view["assessment"]["gates"] if not gate["open"]] == ["mode"]
    stage.never_acts(name, 3)
    assert stage.changes() == []
