"""What was observed is recorded, replayed under another configuration, and explained."""

from __future__ import annotations

import copy
from typing import Any

from staging.stage import Stage
from staging.waiting import wait_until
from staging.yaml import yaml_text

OBSERVED = "mode observe keeps drctl from acting: in mode automatic it would fail"


def failed_over(stage: Stage) -> str:
    """A workload that has failed over, and a service that has stopped."""
    name = stage.orders()
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    assert stage.drctl.stop() == 0
    return name


def other(stage: Stage, name: str, file: str = "other.yaml", **policy: Any) -> str:
    """Another configuration: the same but for its policy."""
    config = copy.deepcopy(stage.config)
    config["workloads"][name].setdefault("policy", {}).update(policy)
    path = stage.folder / file
    path.write_text(yaml_text(config))
    return str(path)


def results(stage: Stage, name: str, *arguments: str) -> list[tuple[str, str]]:
    """How each decision compares, and what kind of decision it is."""
    output = stage.run("replay", name, "--json", *arguments)
    assert output.code == 0, str(output)
    (workload,) = output.json["workloads"]
    return [
        (item["result"], (item.get("then") or item["now"])["kind"]) for item in workload["comparisons"]
    ]


def test_the_same_configuration_decides_the_same_and_another_one_does_not(stage: Stage) -> None:
    name = failed_over(stage)
    assert results(stage, name) == [("same", "failover")]
    text = stage.run("replay")
    assert "SAME: then a failover started at" in text.out, str(text)

    observing = other(stage, name, mode="observe")
    assert sorted(results(stage, name, "--with", observing)) == [
        ("not", "failover"),
        ("would-have", "blocked"),
    ]
    assert OBSERVED in stage.run("replay", "--with", observing).out
    longer = other(stage, name, confirmation_window="6s")
    assert results(stage, name, "--with", longer) == [("later", "failover")]
    listed = stage.run("replay", "--list", "--json").json
    assert listed["sessions"][0]["lost"] == 0
    assert listed["workloads"][0]["observations"] > 20
    assert stage.promoting_calls() and stage.side(name, "standby")["promotions"] == 1, "only the real one"


def test_what_does_not_fit_is_refused_with_what_to_do(stage: Stage) -> None:
    name = failed_over(stage)

    def refused(code: int, words: str, *arguments: str) -> None:
        output = stage.run("replay", *arguments)
        assert output.code == code, str(output)
        assert words in output.err, str(output)

    refused(2, "known:", "nobody")
    refused(2, "--from takes a time", "--from", "yesterday")
    refused(2, "in the future", "--from", "2999-01-01T00:00:00Z")
    refused(2, "must be later", "--from", "-1m", "--to", "-2m")
    refused(2, "cannot be read", "--with", str(stage.folder / "missing.yaml"))
    early = ("--from", "2020-01-01T00:00:00+08:00", "--to", "2020-01-02")
    refused(2, "--to takes a time", *early)
    refused(1, "the recording has", "--from", "2020-01-01T00:00:00+08:00", "--to", "2020-01-02 00:00")

    config = copy.deepcopy(stage.config)
    databases = config["workloads"][name]["databases"]
    databases[f"{name}x"] = databases.pop(name)
    for lever in config["workloads"][name]["traffic"]:
        lever["database"] = f"{name}x"
    renamed = stage.folder / "renamed.yaml"
    renamed.write_text(yaml_text(config))
    refused(2, f"does not have the database {name}", "--with", str(renamed))

    recording = stage.folder / "journal-observations.db"
    whole = recording.read_bytes()
    recording.write_bytes(whole[: len(whole) // 2])
    refused(1, "damaged")
    recording.write_bytes(b"not a database " * 300)
    refused(1, "not a recording")
    recording.unlink()
    refused(1, "does not exist")


def test_a_recording_that_cannot_be_written_only_warns(stage: Stage) -> None:
    (stage.folder / "journal-observations.db").mkdir()
    name = stage.orders()
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    assert stage.drctl.stop() == 0
    assert "decisions do not depend on it" in stage.drctl.log.read_text()


def test_explain_says_why_not_at_any_time_and_what_is_not_known(stage: Stage) -> None:
    name = stage.orders()
    stage.open()

    def judged() -> str | None:
        """Judgements are on record when they change, and not all of the first ones."""
        found = stage.run("explain", name, "--json").json["assessment"]
        return found["at"] if found["verdict"] == "healthy" else None

    healthy = wait_until(judged, "a healthy judgement on record")
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    explained = stage.run("explain", name, "--at", healthy, "--json").json
    closed = {gate["id"]: gate for gate in explained["closed"]}
    assert "quorum" in closed
    assert closed["quorum"]["since"] <= healthy
    assert closed["quorum"]["evidence"], "which observations it was judged on"
    text = stage.run("explain", name, "--at", healthy).out
    assert f"{name}: watching" in text
    assert "CLOSED  quorum  since" in text
    assert stage.run("explain", name, "--at", "now").out.startswith(f"{name}: failed-over")

    future = stage.run("explain", name, "--at", "2999-01-01T00:00:00Z")
    assert (future.code, "in the future" in future.err) == (2, True), str(future)
    past = stage.run("explain", name, "--at", "-7d")
    assert (past.code, "the journal begins at" in past.err) == (1, True), str(past)

    assert stage.drctl.stop() == 0
    gap = stage.run("explain", name, "--at", "now")
    assert "NOBODY WATCHED: drctl had stopped at" in gap.out, str(gap)
    assert "SIGTERM" in gap.out


def test_observing_says_everywhere_what_it_kept_from_being_done(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "blocked", 60)
    wait_until(lambda: stage.inbox.about(name, "BLOCKED", OBSERVED), "the notice")
    assert OBSERVED in stage.run("history").out
    assert OBSERVED in stage.run("explain", name).out
    assert stage.changes() == []
    assert stage.drctl.stop() == 0
    acting = other(stage, name, mode="automatic")
    assert ("would-have", "failover") in results(stage, name, "--with", acting)
