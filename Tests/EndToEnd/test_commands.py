"""Every verb, its exit codes and its JSON."""

from __future__ import annotations

import json

import pytest

from staging.binary import ROOT
from staging.stage import Stage


def test_validate_accepts_the_reference_and_a_good_file(stage: Stage) -> None:
    stage.orders()
    stage.payments()
    stage.configure()
    good = stage.run("validate")
    assert good.code == 0, str(good)
    assert "2 workloads" in good.out
    report = stage.run("validate", "--json").json
    assert (report["valid"], report["problems"]) == (True, [])
    assert stage.run("validate", "--config", str(ROOT / "config.yaml")).code == 0


def test_validate_says_everything_that_is_wrong_with_its_place(stage: Stage) -> None:
    name = stage.orders(quorum=9)
    stage.config["controller"]["region"] = "ap-southeast-2"
    stage.config["controller"]["poll_intervall"] = "1s"
    stage.configure()
    bad = stage.run("validate")
    assert bad.code == 2
    lines = bad.err.splitlines()
    assert len(lines) >= 3, "all at once"
    for line in lines:
        path, row, column, _ = line.split(":", 3)
        assert path == str(stage.drctl.config)
        assert int(row) > 0
        assert int(column) > 0
    text = stage.drctl.config.read_text().splitlines()
    misspelt = next(line for line in lines if "poll_intervall" in line)
    assert "poll_intervall" in text[int(misspelt.split(":")[1]) - 1]
    report = stage.run("validate", "--json")
    assert (report.code, report.json["valid"]) == (2, False)
    assert {"file", "line", "column", "path", "message"} <= set(report.json["problems"][0])
    assert any(name in problem["path"] for problem in report.json["problems"])
    assert stage.run("serve").code == 2, "nothing is started on a file that is wrong"


def test_without_a_service_the_verbs_say_so(stage: Stage) -> None:
    name = stage.orders()
    stage.configure()
    for arguments in (
        ["status"],
        ["status", name],
        ["approve", name, "--reason", "r"],
        ["hold", name, "--reason", "r"],
        ["release", name, "--reason", "r"],
        ["resume", name, "--reason", "r"],
        ["abandon", name, "--reason", "r"],
    ):
        output = stage.run(*arguments)
        assert output.code == 5, f"{arguments}: {output}"
        assert "drctl serve" in output.err, "it says what to do"


@pytest.mark.parametrize(
    "arguments",
    [
        ["status", "nobody"],
        ["failover", "nobody", "--yes", "--reason", "r"],
        ["failover", "--yes", "--reason", "r"],
        ["hold", "nobody"],
        ["explain", "nobody", "--at", "yesterday"],
        ["history", "--limit", "0"],
        ["sing"],
    ],
)
def test_what_makes_no_sense_is_usage(stage: Stage, arguments: list[str]) -> None:
    stage.orders()
    stage.open()
    output = stage.run(*arguments)
    assert output.code == 2, str(output)
    assert output.err


def test_a_question_without_a_terminal_is_not_taken_for_a_yes(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    stage.outage(name)
    output = stage.run("failover", name, "--reason", "no --yes")
    assert output.code == 2
    assert "--yes" in output.err
    # The service itself goes on as its policy says.
    stage.until_phase(name, "failed-over", 60)


def test_a_dry_run_shows_the_calls_and_makes_none(stage: Stage) -> None:
    orders, payments = stage.orders(mode="observe"), stage.payments(mode="observe")
    stage.open()
    stage.outage(orders)
    stage.until_phase(orders, "blocked")
    for running in (True, False):
        if not running:
            assert stage.drctl.stop() == 0
        journal = stage.folder / "journal.db"
        before = journal.read_bytes() if not running else b""
        text = stage.run("failover", orders, "--dry-run", "--reason", "look")
        assert "PromoteReadReplica" in text.out, str(text)
        assert "ChangeResourceRecordSets" in text.out
        assert "CHANGES" in text.out
        report = stage.run("failover", "--dry-run", "--json")
        assert report.code == 3, "payments is well, so it would be refused"
        found = {row["dryRun"]["workload"]: row for row in report.json}
        assert set(found) == {orders, payments}
        assert "source-alive" in found[payments]["dryRun"]["refusedBy"]
        promised = [c for step in found[orders]["calls"] for c in step["calls"] if c["mutates"]]
        assert {"ModifyDBInstance", "PromoteReadReplica", "ChangeResourceRecordSets"} <= {
            call["operation"] for call in promised
        }
        assert found[orders]["dryRun"]["plan"]["forecast"]["lossSeconds"] < 20
        if not running:
            assert journal.read_bytes() == before
    assert stage.changes() == [], "not one call that changes anything"
    assert stage.leads_to(orders) == "primary"


def test_a_dry_run_without_service_and_journal_leaves_no_journal(stage: Stage) -> None:
    name = stage.orders()
    stage.configure()
    output = stage.run("failover", name, "--dry-run")
    assert output.code == 3, str(output)
    assert not (stage.folder / "journal.db").exists()
    assert stage.changes() == []


def test_failover_by_hand_through_the_service(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "blocked")
    assert "nothing to hand over" in stage.run("handover").out
    output = stage.run("failover", name, "--yes", "--reason", "drill 12", "--by", "alex")
    assert output.code == 0, str(output)
    left = stage.run("handover", name).out
    assert f"workloads.{name}.primary_region: ap-southeast-2 -> ap-southeast-1" in left
    assert left.strip() in output.out, "a failover ends with what is left to people"
    view = stage.view(name)
    assert view["phase"] == "failed-over"
    assert view["plan"]["plan"]["origin"]["manual"]["by"] == "alex"
    assert stage.leads_to(name) == "standby"
    again = stage.run("failover", name, "--yes", "--reason", "once more")
    assert again.code == 3
    assert len(stage.promoting_calls()) == 1


@pytest.mark.parametrize("kind", ["orders", "payments"])
def test_failover_by_hand_without_a_service(stage: Stage, kind: str) -> None:
    name = stage.orders() if kind == "orders" else stage.payments()
    stage.open()
    assert stage.drctl.stop() == 0
    stage.outage(name)
    output = stage.run("failover", name, "--yes", "--reason", "the service is gone too", seconds=90)
    assert output.code == 0, str(output)
    assert stage.side(name, "standby")["promotions"] == 1
    assert stage.leads_to(name) == "standby"
    assert "fence is owed" in output.err
    assert f"workloads.{name}.primary_region: " in output.out
    # The service that comes back knows what was done in its absence.
    stage.drctl.serve()
    assert stage.until_phase(name, "failed-over")["epoch"] == 1
    assert len(stage.promoting_calls()) == 1


def test_failover_by_hand_of_a_live_primary_is_refused(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    for running in (True, False):
        if not running:
            assert stage.drctl.stop() == 0
        output = stage.run("failover", name, "--yes", "--reason", "just so")
        assert output.code == 3, str(output)
        assert "source-alive" in output.err
    assert stage.changes() == []


def test_approval_is_waited_for_and_given(stage: Stage) -> None:
    name = stage.payments(mode="approval")
    stage.open()
    assert stage.run("status").code == 0
    assert stage.run("approve", name, "--reason", "too early").code == 3
    stage.outage(name)
    stage.until_phase(name, "awaiting-approval")
    waiting = stage.run("status", name)
    assert waiting.code == 4
    assert "AWAITING-APPROVAL" in waiting.out
    stage.never_acts(name, 3)
    assert stage.inbox.about(name, "approval needed")
    output = stage.run("approve", name, "--reason", "go", "--by", "kim")
    assert output.code == 0, str(output)
    assert stage.view(name)["phase"] == "failed-over"
    assert stage.view(name)["plan"]["plan"]["origin"]["approved"] == {"by": "kim", "reason": "go"}
    assert stage.run("status").code == 0


def test_every_json_parses_and_has_what_the_contract_says(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    status = stage.run("status", "--json").json
    assert {
        "version",
        "region",
        "configurationDigest",
        "now",
        "startedAt",
        "lastRoundAt",
        "workloads",
    } <= set(status)
    view = status["workloads"][0]
    for key in (
        "id",
        "phase",
        "mode",
        "primaryRegion",
        "standbyRegion",
        "activeRegion",
        "epoch",
        "owedFences",
    ):
        assert key in view
    assert "exposedSince" in view
    history = stage.run("history", "--json", "--limit", "1000").json
    sequences = [row["sequence"] for row in history]
    assert sequences == sorted(sequences)
    assert {"at", "event", "epoch"} <= set(history[0]["record"])
    explained = stage.run("explain", name, "--json").json
    assert (explained["workload"], explained["phase"]) == (name, "failed-over")
    decision = explained["decision"]
    assert (decision["rule"], list(decision["origin"])) == ("confirmed-automatic", ["automatic"])
    assert decision["assessment"]["verdict"] == "failed"
    held = stage.run("hold", name, "--reason", "r", "--json")
    assert held.json["accepted"] is True
    refused = stage.run("hold", name, "--reason", "again", "--json")
    assert (refused.code, refused.json["accepted"]) == (3, False)
    doctor = stage.run("doctor", "--json")
    assert {"healthy", "checks"} <= set(doctor.json)
    for text in (
        stage.run("history").out,
        stage.run("history", name, "--all").out,
        stage.run("explain", name).out,
    ):
        assert name in text
    assert json.loads(stage.run("failover", name, "--dry-run", "--json").out)


def test_the_table_of_rules_can_be_printed(stage: Stage) -> None:
    assert "confirmed-automatic" in stage.run("rules").out
    assert "stateDiagram" in stage.run("rules", "--mermaid").out
    assert stage.run("--version").code == 0
    assert stage.run("--help").code == 0
