"""`drctl init`: from a stack's outputs, and from what AWS says exists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from staging.binary import ROOT
from staging.schema import faults, read
from staging.stage import Stage

OUTPUTS = ROOT / "deploy" / "pulumi" / "tests" / "outputs"
HOME, AWAY = "ap-southeast-2", "ap-southeast-1"


def ask(stage: Stage, *arguments: str, env: dict[str, str] | None = None) -> Any:
    """Every Region of the lab is at one address."""
    return stage.run("init", *arguments, env={"AWS_ENDPOINT_URL": stage.lab.url, **(env or {})})


@pytest.mark.parametrize("path", sorted(OUTPUTS.glob("*.json")), ids=lambda path: path.stem)
def test_outputs_become_a_configuration_that_validates_and_means_what_the_stack_wrote(
    stage: Stage, path: Path, tmp_path: Path
) -> None:
    written = tmp_path / "config.yaml"
    made = stage.run("init", "--from-outputs", str(path), "-o", str(written))
    assert made.code == 0, str(made)
    assert str(written) in made.out and "drctl doctor" in made.out
    assert stage.run("validate", "--config", str(written)).code == 0
    text = written.read_text()
    assert yaml.safe_load(text) == yaml.safe_load(json.loads(path.read_text())["controllerConfig"])
    assert text.startswith("# yaml-language-server: $schema=/usr/share/drctl/config.schema.json\n")
    assert faults(read(text)) == []
    assert stage.run("init", "--from-outputs", str(path)).out == text, "without -o it is printed"


def test_what_is_there_is_left_alone(stage: Stage, tmp_path: Path) -> None:
    written = tmp_path / "config.yaml"
    written.write_text("mine")
    outputs = str(OUTPUTS / "shop-home.json")
    refused = stage.run("init", "--from-outputs", outputs, "-o", str(written))
    assert refused.code == 2
    assert "--force" in refused.err
    assert written.read_text() == "mine"
    assert stage.run("init", "--from-outputs", outputs, "-o", str(written), "--force").code == 0
    assert "workloads:" in written.read_text()
    assert [file.name for file in tmp_path.iterdir()] == ["config.yaml"], "no draft is left"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "No such file or directory"),
        ("{", "is not JSON"),
        ('{"vpcId": "vpc-1"}', "none of the outputs that deploy/pulumi makes"),
        ('{"workload": "shop", "primaryRegion": "eu-west-1"}', "lacks standbyRegion, "),
    ],
)
def test_unusable_outputs_are_refused_with_what_to_do(
    stage: Stage, text: str | None, says: str, tmp_path: Path
) -> None:
    outputs = tmp_path / "flat-outputs.json"
    if text is not None:
        outputs.write_text(text)
    refused = stage.run("init", "--from-outputs", str(outputs), "-o", str(tmp_path / "config.yaml"))
    assert refused.code == 2, str(refused)
    assert f"{outputs}: " in refused.err
    assert says in refused.err
    assert not (tmp_path / "config.yaml").exists()


def test_outputs_that_make_no_valid_configuration_are_not_written(stage: Stage, tmp_path: Path) -> None:
    outputs = tmp_path / "flat-outputs.json"
    body = json.loads((OUTPUTS / "shop-home.json").read_text())
    outputs.write_text(json.dumps({**body, "hostRegion": body["primaryRegion"]}))
    refused = stage.run("init", "--from-outputs", str(outputs), "-o", str(tmp_path / "config.yaml"))
    assert refused.code == 2
    assert "must be evacuated from" in refused.err
    assert not (tmp_path / "config.yaml").exists()
    body["standbyRegion"] = "over there"
    outputs.write_text(json.dumps(body))
    assert "standby_region" in stage.run("init", "--from-outputs", str(outputs)).err


def test_several_stacks_on_one_host(stage: Stage) -> None:
    files = [str(OUTPUTS / f"{system}-home.json") for system in ("shop", "postgres-dr")]
    both = stage.run("init", "--from-outputs", *files, "--region", "eu-north-1", "--json")
    assert both.code == 0, str(both)
    assert both.json["workloads"] == ["shop", "postgres-dr"]
    assert "path" not in both.json
    config = yaml.safe_load(both.json["configuration"])
    assert config["controller"]["region"] == "eu-north-1"
    one = stage.run(
        "init", "--from-outputs", *files, "--region", "eu-north-1", "--workload", "shop", "--json"
    )
    assert one.json["workloads"] == ["shop"]
    unknown = stage.run("init", "--from-outputs", *files, "--region", "eu-north-1", "--workload", "shp")
    assert unknown.code == 2
    assert "did you mean shop?" in unknown.err


def test_aws_is_asked_what_exists(stage: Stage, tmp_path: Path) -> None:
    """A replica behind a record, and a global database behind a lever: both found, both only watched."""
    orders, payments = stage.orders(), stage.payments()
    regions = ["--regions", HOME, AWAY, "us-east-1", "us-east-2"]
    names = [f"{orders}-primary", f"{payments}-global"]
    written = tmp_path / "config.yaml"
    made = ask(stage, *regions, "--workload", *names, "-o", str(written))
    assert made.code == 0, str(made)
    text = written.read_text()
    config = yaml.safe_load(text)
    assert list(config["workloads"]) == names
    assert "GUESS" in text
    assert config["controller"]["region"] == AWAY, "a Region that evacuates nobody"
    assert stage.changes() == [], "it only reads"

    estate, found = stage.estates[orders], config["workloads"][names[0]]
    database = found["databases"][names[0]]
    assert (found["primary_region"], found["standby_region"]) == (HOME, AWAY)
    assert found["policy"]["mode"] == "observe"
    assert found["policy"]["witnesses"] == ["route53", "control-plane", "replication", "probe"]
    for side in ("primary", "standby"):
        assert database[side] == {k: estate[side][k] for k in ("identifier", "endpoint")}
    assert database["health_check"] == estate["health_checks"]["primary"]
    assert database["fencing"]["security_groups"] == [estate["primary"]["security_groups"]["app"]]
    assert found["traffic"] == [
        {
            "lever": "route53-record",
            "database": names[0],
            "zone": estate["record"]["zone_id"],
            "name": estate["record"]["name"],
        }
    ]

    estate, found = stage.estates[payments], config["workloads"][names[1]]
    database = found["databases"][names[1]]
    assert (database["type"], database["global_cluster"]) == ("aurora-global", estate["global_cluster"])
    assert "health_check" not in database, "its metrics would die with us-east-1"
    (lever,) = found["traffic"]
    assert lever["lever"] == "route53-health-check"
    assert lever["health_check"] == estate["lever"]["health_check_id"]
    assert (lever["namespace"], lever["metric"]) == (estate["lever"]["namespace"], estate["lever"]["metric"])
    assert lever["dimensions"] == {estate["lever"]["dimension"]: estate["lever"]["value"]}

    assert faults(read(text)) == []
    assert stage.run("validate", "--config", str(written)).code == 0


def test_a_zone_can_be_named(stage: Stage) -> None:
    orders = stage.orders()
    zone = stage.estates[orders]["record"]["zone_id"]
    regions = ["--regions", HOME, AWAY, "--workload", f"{orders}-primary", "--json"]
    for named in (zone, f"{orders}.example.com"):
        made = ask(stage, *regions, "--zone", named)
        assert made.code == 0, str(made)
        config = yaml.safe_load(made.json["configuration"])
        assert config["workloads"][f"{orders}-primary"]["traffic"][0]["zone"] == zone
    unknown = ask(stage, *regions, "--zone", "nowhere.example.com")
    assert unknown.code == 2
    assert "nowhere.example.com" in unknown.err


def test_what_is_written_is_what_doctor_can_look_at(stage: Stage, tmp_path: Path) -> None:
    orders = stage.orders()
    written = tmp_path / "config.yaml"
    made = ask(stage, "--regions", HOME, AWAY, "--workload", f"{orders}-primary", "-o", str(written))
    assert made.code == 0, str(made)
    report = stage.run(
        "doctor", "--config", str(written), "--json", env={"AWS_ENDPOINT_URL": stage.lab.url}
    ).json
    subjects = {check["subject"] for check in report["checks"]}
    assert any(f"{orders}-primary" in subject for subject in subjects), subjects
    assert "GUESS" not in json.dumps(report)


def test_missing_permissions_are_named_all_at_once(stage: Stage, tmp_path: Path) -> None:
    stage.orders()
    for operation in ("DescribeGlobalClusters", "ListHealthChecks"):
        stage.lab.fault("error", operation=operation, code="AccessDenied", status=403, message="no")
    written = tmp_path / "config.yaml"
    refused = ask(stage, "--regions", HOME, AWAY, "-o", str(written))
    assert refused.code == 1, str(refused)
    assert "rds:DescribeGlobalClusters, route53:ListHealthChecks" in refused.err
    assert "docs/iam.md" in refused.err
    assert not written.exists()


def test_regions_with_nothing_to_protect(stage: Stage) -> None:
    found = ask(stage, "--regions", "eu-west-1", "eu-west-2")
    assert found.code == 1
    assert "cross-Region read replica" in found.err
    for arguments in (["--regions", "eu-west-1"], ["--regions", "Paris", "eu-west-1"], []):
        assert ask(stage, *arguments).code == 2
    both = ask(stage, "--regions", "eu-west-1", "eu-west-2", "--from-outputs", "x")
    assert both.code == 2
