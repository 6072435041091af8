"""The alert rules fire on what they are for; rules and dashboard speak of metrics and runbooks that exist."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from staging.binary import ROOT

FOLDER = ROOT / "deploy" / "observability"
TESTS = ("drctl-alerts.test.yaml", "drctl-alerts.day.test.yaml")
PROMTOOL = ROOT / ".build" / "tools" / "promtool"
NAME = re.compile(r"\bdrctl_[a-z_]+\b")
RUNBOOK = re.compile(r"^/usr/share/doc/drctl/(runbooks/[a-z-]+\.md)$")


def promtool(*arguments: str, folder: Path = FOLDER) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROMTOOL, *arguments], cwd=folder, text=True, capture_output=True, timeout=120)


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load((FOLDER / "drctl-alerts.yaml").read_text())["groups"]
    return [rule for group in groups for rule in group["rules"]]


def exposed() -> set[str]:
    """What the service can tell, by its source, which the page of documentation must name too."""
    sources = (ROOT / "Sources" / "Server" / "Metrics").glob("*.swift")
    found = {name for path in sources for name in re.findall(r'"(drctl_[a-z_]+)"', path.read_text())}
    documented = set(NAME.findall((ROOT / "docs" / "metrics.md").read_text()))
    assert found == documented
    return found


def expressions(dashboard: dict[str, Any]) -> list[str]:
    found = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    return found + [v["definition"] for v in dashboard["templating"]["list"] if "definition" in v]


def test_the_rules_are_right_and_their_own_tests_pass() -> None:
    checked = promtool("check", "rules", "drctl-alerts.yaml")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    tested = promtool("test", "rules", *TESTS)
    assert tested.returncode == 0, tested.stdout + tested.stderr
    text = "".join((FOLDER / name).read_text() for name in TESTS)
    for rule in rules():
        assert f"{rule['alert']} fires" in text and f"{rule['alert']} is quiet" in text


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: str(rule["alert"]))
def test_a_rule_speaks_of_what_exists(rule: dict[str, Any]) -> None:
    assert set(NAME.findall(rule["expr"])) <= exposed()
    assert rule["labels"]["severity"] in ("critical", "warning", "info")
    assert set(rule["annotations"]) == {"summary", "description", "runbook_url"}
    match = RUNBOOK.match(rule["annotations"]["runbook_url"])
    assert match and (ROOT / match[1]).is_file()


def test_a_rule_that_is_wrong_does_not_pass(tmp_path: Path) -> None:
    for name in ("drctl-alerts.yaml", TESTS[0]):
        shutil.copy(FOLDER / name, tmp_path)
    path = tmp_path / "drctl-alerts.yaml"
    path.write_text(
        path.read_text().replace("drctl_workload_fences_owed > 0", "drctl_workload_fences_owed > 9")
    )
    assert 'alertname=\\"DrctlFenceOwed' in promtool("test", "rules", TESTS[0], folder=tmp_path).stderr


def test_the_dashboard_shows_every_metric_and_none_that_is_not_there() -> None:
    dashboard = json.loads((FOLDER / "drctl-dashboard.json").read_text())
    shown = {name for expression in expressions(dashboard) for name in NAME.findall(expression)}
    # Shown in another form: an age, a phase; the lease's number means nothing to the eye.
    untold = {
        "drctl_start_time_seconds",
        "drctl_lease_epoch",
        "drctl_workload_exposed",
        "drctl_last_failover_timestamp_seconds",
    }
    assert shown == exposed() - untold
    panels = [panel for panel in dashboard["panels"] if panel["type"] != "row"]
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    taken: set[tuple[int, int]] = set()
    for panel in panels:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken and at["x"] + at["w"] <= 24, panel["title"]
        taken |= cells


@pytest.mark.parametrize("form", ["rules", "dashboard"])
def test_every_expression_can_be_evaluated(form: str, tmp_path: Path) -> None:
    """promtool parses what it evaluates; the dashboard's variables are filled in as Grafana does."""
    if form == "rules":
        found = [rule["expr"] for rule in rules()]
    else:
        dashboard = json.loads((FOLDER / "drctl-dashboard.json").read_text())
        found = [e for e in expressions(dashboard) if not e.startswith("label_values")]
        found = [e.replace("$job", ".*").replace("$workload", ".*") for e in found]
    groups = [{"name": "all", "rules": [{"record": f"x:{i}", "expr": e} for i, e in enumerate(found)]}]
    (tmp_path / "all.yaml").write_text(yaml.safe_dump({"groups": groups}))
    checked = promtool("check", "rules", "all.yaml", folder=tmp_path)
    assert checked.returncode == 0, checked.stdout + checked.stderr
