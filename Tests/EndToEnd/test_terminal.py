"""What a person sees on a real terminal: `drctl watch`, colours, widths, zones, and the question before a
failover."""

from __future__ import annotations

import itertools
import json
import re
import signal
import subprocess

import pytest

from staging.binary import drctl_binary
from staging.pseudo_terminal import ENTER, LEAVE, PseudoTerminal
from staging.stage import Stage
from staging.waiting import wait_until


def terminal(stage: Stage, *arguments: str, columns: int = 100, rows: int = 40, **env: str) -> PseudoTerminal:
    command = [str(drctl_binary()), *arguments]
    return PseudoTerminal(command, stage.folder, stage.drctl.environment(**env), columns, rows)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_watch_redraws_in_place_and_gives_the_screen_back(stage: Stage, number: signal.Signals) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    with terminal(stage, "watch", "--interval", "0.2") as screen:
        screen.until("WATCHING")
        before = screen.drawings
        wait_until(lambda: screen.drawings > before + 2, "drawn again and again")
        assert screen.end(number) == 0
    assert screen.text.startswith(ENTER)
    assert screen.text.count(ENTER) == 1
    assert screen.text.rstrip().endswith(LEAVE), "the last thing that it does"
    assert "\x1b[?25h" in screen.text, "the cursor is back"
    assert name in screen.text


def test_watch_fits_the_window_as_it_changes(stage: Stage) -> None:
    stage.orders(mode="observe")
    stage.open()
    with terminal(stage, "watch", "--interval", "60", columns=160, rows=50) as screen:
        wide = screen.until("WATCHING")
        assert max(len(line) for line in wide.splitlines()) > 60
        screen.resize(60, 12)
        small = wait_until(
            lambda: screen.picture if "more lines" in screen.picture else None, "drawn for the new size"
        )
        lines = small.replace("\r", "").rstrip("\n").split("\n")
        assert len(lines) <= 11
        assert max(len(line) for line in lines) <= 60
        screen.end(signal.SIGTERM)


def test_watch_survives_a_service_that_goes_and_comes(stage: Stage) -> None:
    """As it is called by default: in order or not, however often; and what happens then is seen."""
    name = stage.orders(mode="observe")
    stage.open()
    with terminal(stage, "watch") as screen:
        for leave in (stage.drctl.stop, stage.drctl.kill):
            screen.until("WATCHING")
            assert leave() in (0, None)
            lost = screen.until("CONNECTION LOST since ")
            assert "trying again" in lost
            assert "WATCHING" in lost, "what was known stays in sight"
            stage.drctl.serve()
            wait_until(lambda: "CONNECTION LOST" not in screen.picture, "found again")
        assert stage.run("hold", name, "--reason", "seen on the screen").code == 0
        screen.until("seen on the screen")
        screen.end(signal.SIGTERM)


def test_watch_looks_once_a_second(stage: Stage) -> None:
    assert "(default: 1.0)" in stage.run("watch", "--help").out


def test_watch_shows_a_failover_with_the_pace_of_its_steps(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    stage.lab.settings(promotion_seconds=6.0)
    with terminal(stage, "watch", name, "--interval", "0.2", columns=160) as screen:
        screen.until("WATCHING")
        stage.outage(name)
        running = screen.until("await-writer", 60)
        pace = wait_until(
            lambda: re.search(
                r"running\s+\S*await-writer\S*\s.*for .*, usually .*, at most ", screen.picture
            ),
            "how long, and how long usually",
            40,
            lambda: screen.picture,
        )
        assert pace and " of about " in screen.picture, running
        screen.until("FAILED-OVER", 60)
        screen.end(signal.SIGTERM)


def test_watch_elsewhere_prints_a_line_for_each_change(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    commands = {form: ["watch", "--interval", "0.2", *form.split()] for form in ("", "--json")}
    running = {
        form: subprocess.Popen(
            [str(drctl_binary()), *arguments],
            cwd=stage.folder,
            env=stage.drctl.environment(),
            stdin=subprocess.DEVNULL,
            stdout=(stage.folder / f"watch{form}.log").open("wb"),
        )
        for form, arguments in commands.items()
    }
    logs = {form: stage.folder / f"watch{form}.log" for form in commands}
    try:
        for log in logs.values():
            wait_until(lambda log=log: name in log.read_text(), "the first picture")
        stage.outage(name)
        for log in logs.values():
            word = "failed-over" if "json" in log.name else "FAILED-OVER"
            wait_until(lambda log=log, word=word: word in log.read_text(), word, 60, log.read_text)
        assert stage.drctl.stop() == 0
        for log in logs.values():
            # Not the "connection lost" of a witness.
            word = '"connection":"lost"' if "json" in log.name else "CONNECTION LOST"
            wait_until(lambda log=log, word=word: word in log.read_text(), word, 20, log.read_text)
    finally:
        for process in running.values():
            process.terminate()
    assert {process.wait(20) for process in running.values()} == {0}
    plain = logs[""].read_text()
    assert "\x1b" not in plain
    assert re.search(rf"^\d\d:\d\d:\d\dZ  {name}  FAILING-OVER  ", plain, re.M)
    assert re.search(rf"  {name}  done  \S*promote", plain)
    rows = [json.loads(line) for line in logs["--json"].read_text().splitlines()]
    phases = [row["workload"]["phase"] for row in rows if "workload" in row]
    assert phases[0] == "watching" and phases[-1] == "failed-over"
    assert rows[-1]["connection"] == "lost" and rows[-1]["because"]
    assert all(a != b for a, b in itertools.pairwise(rows)), "only changes"


def test_watch_needs_a_service_and_a_name_that_exists(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.configure()
    assert stage.run("watch").code == 5
    stage.open()
    unknown = stage.run("watch", f"{name}x")
    assert unknown.code == 2
    assert f"did you mean {name}?" in unknown.err
    with terminal(stage, "watch", f"{name}x") as screen:
        assert screen.end() == 2
    assert ENTER not in screen.text


def test_every_verb_says_which_workload_was_meant(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    meant = f"{name}x"
    said = ["--reason", "r"]
    for arguments in (
        ["status", meant],
        ["watch", meant],
        ["explain", meant],
        ["explain", meant, "--json"],
        ["history", meant],
        ["history", meant, "--json"],
        ["history", name.upper()],
        ["failover", meant, "--dry-run"],
        ["failover", meant, "--yes", *said],
        ["approve", meant, *said],
        ["hold", meant, *said],
        ["hold", name.upper(), *said],
        ["release", meant, *said],
        ["resume", meant, *said],
        ["abandon", meant, *said],
        ["ledger", meant],
        ["ledger", "close", meant, "--failover", "1", *said],
        ["handover", meant],
        ["doctor", meant],
        ["replay", meant],
    ):
        output = stage.run(*arguments)
        assert output.code == 2, f"{arguments}: {output}"
        assert f"did you mean {name}?" in output.err, f"{arguments}: {output}"


def test_colour_is_for_terminals_and_never_the_only_sign(stage: Stage) -> None:
    stage.orders(mode="observe")
    stage.open()

    def shown(*options: str, **env: str) -> str:
        with terminal(stage, "status", *options, **env) as screen:
            assert screen.end() == 0
        return screen.text

    assert "\x1b[32mWATCHING\x1b[0m" in shown()
    assert "\x1b" not in shown("--color=never")
    assert "\x1b" not in shown(NO_COLOR="1")
    assert "\x1b" not in shown(TERM="dumb")
    assert "\x1b[32m" in shown("--color", "always", NO_COLOR="1"), "who asks for it gets it"
    assert "\x1b" not in stage.run("status").out, "a file is no terminal"
    assert "\x1b[32m" in stage.run("status", "--color=always").out
    assert "\x1b" not in stage.run("status", "--json", "--color=always").out
    assert stage.run("status", "--color=sometimes").code == 2


def test_tables_keep_their_columns_in_a_narrow_window(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    with terminal(stage, "status", name, "--color=never", columns=64) as screen:
        assert screen.end() == 0
    lines = screen.text.replace("\r", "").rstrip("\n").split("\n")
    # Names are never broken: who copies one gets all of it.
    assert all(len(line) <= 64 or len(line.split()[-1]) > 24 for line in lines)
    gates = [number for number, line in enumerate(lines) if re.match(r" {4}open +evidence ", line)]
    assert gates
    column = lines[gates[0]].rindex("  ", 0, 33) + 2
    wrapped = [
        line
        for number, line in enumerate(lines[1:], 1)
        if number - 1 in gates and line.startswith(" " * column) and line[column] != " "
    ]
    assert wrapped, "what is broken goes on below its own column\n" + "\n".join(lines)


def test_people_read_their_own_time_with_utc_beside_it(stage: Stage) -> None:
    name = stage.orders()
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "failed-over", 60)
    both = r"\d\d:\d\d:\d\d \+0545 \((\d{4}-\d\d-\d\d )?\d\d:\d\d:\d\dZ\)"
    for verb in (["status"], ["history"]):
        text = stage.run(*verb, env={"TZ": "Asia/Kathmandu"}).out
        assert re.search(both, text), text
    explained = stage.run("explain", name, env={"TZ": "Asia/Kathmandu"}).out
    assert re.search(r"since \d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0545 \(\d{4}-\d\d-\d\dT[\d:.]+Z\)", explained)
    assert "+0545" not in stage.run("status", env={"TZ": "UTC"}).out
    assert "+0545" not in stage.run("status", "--json", env={"TZ": "Asia/Kathmandu"}).out
    assert "+0545" not in stage.drctl.log.read_text()


def test_the_question_names_the_price_and_wants_the_name(stage: Stage) -> None:
    name = stage.orders(mode="observe")
    stage.open()
    stage.outage(name)
    stage.until_phase(name, "blocked")
    with terminal(stage, "failover", name, "--reason", "drill", columns=200) as screen:
        asked = screen.until("Type the workload's name to fail it over: ", drawn=False)
        assert "predicted loss: up to " in asked
        assert f"EXPOSED afterwards: {name}-replica in ap-southeast-1 is promoted" in asked
        assert f"fenced: {name}-primary in ap-southeast-2" in asked
        assert "passes over the CLOSED gate mode: " in asked
        screen.type("yes\n")
        assert screen.end() == 3
    assert "nothing was done" in screen.text
    assert stage.changes() == []
    with terminal(stage, "failover", name, "--reason", "drill", columns=200) as screen:
        screen.until("Type the workload's name to fail it over: ", drawn=False)
        screen.type(f"{name}\n")
        screen.until("usually", drawn=False)
        assert screen.end(seconds=60) == 0
    assert stage.view(name)["phase"] == "failed-over"


def test_who_has_no_configuration_learns_what_to_do(stage: Stage) -> None:
    for arguments in (["status"], ["validate"], ["doctor"]):
        nothing = stage.run(*arguments, env={"DRCTL_CONFIG": ""})
        assert nothing.code == 2
        for words in ("there is no /etc/drctl/config.yaml", "-c FILE", "drctl init"):
            assert words in nothing.err, str(nothing)
        named = stage.run(*arguments, "-c", "elsewhere.yaml")
        assert named.code == 2 and "there is no elsewhere.yaml: " in named.err, str(named)
    report = stage.run("validate", "--json", "-c", "elsewhere.yaml")
    assert report.code == 2 and report.json["problems"][0]["file"] == "elsewhere.yaml"


def test_a_misspelt_verb_says_which_was_meant(stage: Stage) -> None:
    for word, verb in (("stauts", "status"), ("explian", "explain"), ("fail-over", "failover")):
        output = stage.run(word)
        assert output.code == 2 and f"Did you mean 'drctl {verb}'?" in output.err, str(output)
    assert "Did you mean" not in stage.run("frobnicate").err
    assert "Did you mean 'drctl" not in stage.run("status", "one", "two").err


def test_help_names_every_gate_that_can_be_passed_over(stage: Stage) -> None:
    text = " ".join(stage.run("failover", "--help").out.split())
    for gate in ("mode", "maintenance", "cooldown", "capacity", "freshness", "quorum", "window", "fleet"):
        assert re.search(rf"\b{gate}\b", text), gate
    for gate in ("source-alive", "target-login", "self-dependency"):
        assert gate in text


def test_every_verb_is_in_the_completions_and_takes_its_options(stage: Stage) -> None:
    for shell in ("bash", "zsh", "fish"):
        script = stage.run("--generate-completion-script", shell).out
        for verb in ("init", "watch", "config", "schema"):
            assert verb in script, f"{verb} in {shell}"
