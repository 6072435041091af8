"""How often drctl asks, and that nobody's trouble delays another one's answers."""

from __future__ import annotations

import time

import pytest

from staging.stage import Item, Stage
from staging.waiting import wait_until

SECONDS = 6.0


def counted(stage: Stage, operation: str, region: str, seconds: float = SECONDS) -> int:
    """This drctl's calls over so long."""

    def now() -> int:
        return len([call for call in stage.calls(operation) if call["region"] == region])

    before = now()
    # This is the measurement, not a wait for something.
    time.sleep(seconds)
    return now() - before


def vote(view: Item, witness: str) -> Item:
    votes = view["assessment"]["databases"][0]["votes"]
    found: Item = next(vote for vote in votes if vote["witness"] == witness)
    return found


def test_workloads_share_their_calls_and_cost_tells_how_many(stage: Stage) -> None:
    for _ in range(3):
        stage.orders()
    stage.open()
    items = stage.run("cost", "--json").json["items"]
    said = {
        (item["operation"], item["region"]): item["callsPerMonth"] / 2_592_000
        for item in items
        if "callsPerMonth" in item
    }
    assert said[("DescribeDBInstances", "ap-southeast-2")] == pytest.approx(1.0), "one a round for all three"
    made = counted(stage, "DescribeDBInstances", "ap-southeast-2")
    # A machine that is busy makes fewer, and one call a workload would be three times as many.
    assert 1 <= made <= SECONDS * 2


def test_a_region_that_hangs_delays_no_other_one(stage: Stage) -> None:
    orders, payments = stage.orders(), stage.payments()
    stage.open()
    before = counted(stage, "DescribeDBClusters", "us-east-1")
    stage.lab.fault("api_down", region="ap-southeast-2", mode="blackhole")
    stage.until(orders, lambda view: view["phase"] == "suspected", "suspected")
    # Were rounds to wait for what hangs, there would be half as many.
    assert counted(stage, "DescribeDBClusters", "us-east-1") >= before * 0.7
    assert stage.view(payments)["phase"] == "watching"


def test_one_identifier_that_may_not_be_seen_blinds_nobody_else(stage: Stage) -> None:
    hidden, shown = stage.orders(), stage.orders()
    stage.open()
    identifier = stage.estates[hidden]["primary"]["identifier"]
    stage.lab.fault("access_denied", operation="DescribeDBInstances", identifier=identifier)
    stage.until(hidden, lambda view: vote(view, "control-plane")["opinion"] != "healthy", "not seen any more")
    shown_identifier = stage.estates[shown]["primary"]["identifier"]

    def asked_alone() -> bool:
        return any(
            call["parameters"].get("DBInstanceIdentifier") == shown_identifier and call["status"] == 200
            for call in stage.calls("DescribeDBInstances")
        )

    wait_until(asked_alone, "the other one is asked for by its name", 10)
    for _ in range(10):
        assert vote(stage.view(shown), "control-plane")["opinion"] == "healthy"
        time.sleep(0.3)


def test_a_budget_that_does_not_hold_the_rounds_is_refused(stage: Stage) -> None:
    name = stage.orders()
    stage.config["controller"]["budget"] = {"dollars_per_month": 1}
    stage.configure()
    refused = stage.run("validate")
    assert refused.code == 2
    assert "controller.budget.dollars_per_month: is 1, but the metrics of all workloads cost" in refused.err
    row = int(refused.err.split(":")[1])
    assert "budget" in stage.drctl.config.read_text().splitlines()[row - 1]
    assert stage.run("serve").code == 2, "nothing is started on it"
    stage.config["controller"]["budget"] = {"dollars_per_month": 100, "calls_per_second": 5}
    stage.configure()
    assert stage.run("validate").code == 0, name
    text = stage.run("cost")
    assert text.code == 0
    assert "GetMetricData" in text.out and "as of" in text.out and "5 calls a second" in text.out
