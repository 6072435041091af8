"""drctl on what was applied: it takes the configuration, finds everything fit, and fails over."""

import json
import os
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from .capacity import too_few
from .conftest import ENDPOINT, Client
from .databases import groups, writer_is_in
from .names import Names
from .stand_in import NotTested, judged

# A failover of a real database takes minutes.
FAILOVER_SECONDS = 1800


@pytest.fixture(scope="session")
def resolver(outputs: dict[str, str], client: Client) -> Iterator[str]:
    """The name server that knows the databases; empty for the machine's own."""
    if os.environ.get("RESOLVER") or not ENDPOINT:
        yield os.environ.get("RESOLVER", "")
        return
    with Names(outputs, client) as names:
        yield names.address


@pytest.fixture(scope="session")
def config(outputs: dict[str, str], resolver: str) -> Iterator[Path]:
    """The stack's configuration, with this machine's paths. A short folder: a socket's path is limited."""
    with tempfile.TemporaryDirectory(prefix="applied-") as folder:
        body: dict[str, Any] = yaml.safe_load(outputs["controllerConfig"])
        body["controller"] |= {"journal": f"{folder}/journal.db", "socket": f"{folder}/s"}
        if resolver:
            body["controller"]["resolvers"] = [resolver]
        if ENDPOINT:
            body["aws"] = {"endpoints": [{"url": ENDPOINT}]}
        without_secrets(body)
        written = Path(folder, "config.yaml")
        written.write_text(yaml.safe_dump(body))
        yield written


def without_secrets(body: dict[str, Any]) -> None:
    """The host has them, this machine has not."""
    left_out = ["the webhook"] if body.pop("webhook", None) else []
    for workload in body["workloads"].values():
        for name, database in workload["databases"].items():
            left_out += [f"the probe in SQL of {name}"] if database.pop("sql", None) else []
    for part in left_out:
        said = f"NOT TESTED: {part}, since its secret is on drctl's host alone"
        warnings.warn(said, NotTested, stacklevel=2)


def run(drctl: Path, config: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """One command."""
    command = [str(drctl), *arguments, "--config", str(config)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_configuration_is_valid(drctl: Path, config: Path) -> None:
    validated = run(drctl, config, "validate")
    assert validated.returncode == 0, validated.stderr


def test_init_makes_the_same_configuration_of_the_outputs(
    drctl: Path, outputs: dict[str, str], tmp_path: Path
) -> None:
    told = tmp_path / "flat-outputs.json"
    told.write_text(json.dumps(outputs))
    command = [str(drctl), "init", "--from-outputs", str(told)]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert yaml.safe_load(made.stdout) == yaml.safe_load(outputs["controllerConfig"])


def test_doctor_finds_everything_fit(drctl: Path, config: Path, outputs: dict[str, str]) -> None:
    report = json.loads(run(drctl, config, "doctor", "--json").stdout)
    failed = [c for c in report["checks"] if c["result"] == "fail"]
    if ENDPOINT and not os.environ.get("RESOLVER"):
        assert judged(failed, outputs["workload"]) == []
    else:
        assert not failed, json.dumps(failed, indent=1)


@pytest.mark.skipif(
    os.environ.get("FAILOVER") != "yes", reason="NOT TESTED: FAILOVER=yes fails over for real"
)
def test_it_fails_over(drctl: Path, config: Path, outputs: dict[str, str], client: Client) -> None:
    """A person's order, with everybody alive: the old writer is fenced first, then the new one serves."""
    served = subprocess.Popen([str(drctl), "serve", "--config", str(config)])
    try:
        asked = ["failover", outputs["workload"], "--reason", "make test-infra", "--yes"]
        asked += ["--override", "source-alive"]
        # A stand-in has no samples of the lag, so that nobody knows what would be lost.
        asked += ["--allow-data-loss"] if ENDPOINT else []
        until(lambda: run(drctl, config, "status").returncode == 0, 60, "the service answers")
        ordered = run(drctl, config, *asked)
        assert ordered.returncode == 0, ordered.stdout + ordered.stderr
        until(lambda: phase(drctl, config) == "failed-over", FAILOVER_SECONDS, "failed over")
        handover = run(drctl, config, "handover").stdout
        if kept := os.environ.get("HANDOVER"):
            Path(kept).write_text(run(drctl, config, "handover", "--json").stdout)
        assert f"pulumi config set drctl:activeRegion {outputs['standbyRegion']}" in handover
    finally:
        served.terminate()
        served.wait(30)
    assert writer_is_in(outputs, client) == outputs["standbyRegion"]
    assert groups(outputs, client, "primary") == outputs["fencingSecurityGroups"].split(",")
    assert too_few(outputs, client) == []


def phase(drctl: Path, config: Path) -> str:
    """Of the only workload."""
    (workload,) = json.loads(run(drctl, config, "status", "--json").stdout)["workloads"]
    return str(workload["phase"])


def until(condition: Any, seconds: float, what: str) -> None:
    """Waits on a condition with a deadline."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"not within {seconds:.0f} s: {what}"
        time.sleep(1)
