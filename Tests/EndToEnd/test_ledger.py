"""What a failover may have lost is shown until somebody has dealt with it."""

from __future__ import annotations

from staging.stage import Stage


def test_the_ledger_of_a_failover_is_open_until_a_person_closes_it(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    assert stage.run("ledger").out.strip() == "no ledger is open"
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    shown = stage.run("ledger", name)
    assert shown.code == 0, str(shown)
    assert "failover 1, decided at" in shown.out
    assert "predicted loss: up to" in shown.out
    [entry] = stage.run("ledger", "--json").json
    [ledger] = entry["ledgers"]
    assert (entry["workload"], ledger["failover"]) == (name, 1)
    assert ledger["predictedLossSeconds"] <= ledger["limitSeconds"]
    assert {"lagSeconds", "sampledAt", "ageSeconds", "appliedUpTo"} <= set(ledger["databases"][0])
    assert f"drctl ledger {name}" in stage.run("status", name).out

    wrong = stage.run("ledger", "close", name, "--failover", "7", "--reason", "r")
    assert wrong.code == 3
    assert "Open: 1" in wrong.err
    closed = stage.run("ledger", "close", name, "--failover", "1", "--reason", "compared", "--by", "kim")
    assert closed.code == 0, str(closed)
    assert stage.run("ledger").out.strip() == "no ledger is open"
    events = [entry["record"]["event"] for entry in stage.run("history", name, "--json").json]
    assert {"ledgerClosed": {"failover": 1, "by": "kim", "reason": "compared"}} in events
