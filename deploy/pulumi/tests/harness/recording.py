"""What one run registered, for tests to ask."""

import fcntl
import functools
import hashlib
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .answers import region_of

TESTS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Registered:
    """One resource as it was handed to the engine."""

    urn: str
    type: str
    name: str
    custom: bool
    inputs: dict[str, Any]
    secrets: list[str]
    provider: str
    parent: str
    dependencies: list[str]
    ignore_changes: list[str]
    protect: bool
    retain: bool

    @property
    def region(self) -> str:
        """Where it is, by its provider."""
        return region_of(self.provider)

    def __str__(self) -> str:
        return f"{self.type} {self.name}"


@dataclass(frozen=True)
class Recording:
    """One run of the program."""

    config: dict[str, str]
    resources: list[Registered] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)

    def of(self, *types: str) -> list[Registered]:
        """Those whose type ends so: `of("rds/instance:Instance")`."""
        return [r for r in self.resources if r.type.endswith(types)]

    @property
    def aws(self) -> list[Registered]:
        """What exists in AWS: no component, no provider."""
        return [r for r in self.resources if r.custom and r.type.startswith("aws:")]


class ProgramFailed(Exception):
    """The program ended with an error; the text is what it printed."""


@functools.cache
def _recorded(config: str) -> Recording:
    kept = _kept(config)
    with kept.with_suffix(".lock").open("w") as lock:
        # The workers of one test run share what is recorded: each run of the program costs seconds.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_text(_run(config))
        read = json.loads(kept.read_text())
    if "error" in read:
        raise ProgramFailed(read["error"])
    return Recording(json.loads(config), [Registered(**r) for r in read["resources"]], read["outputs"])


def _kept(config: str) -> Path:
    """One folder for a test run, all of its workers included."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"process-{os.getpid()}")
    folder = Path(tempfile.gettempdir(), f"drctl-infra-{run}")
    if not folder.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
    return folder / hashlib.sha256(config.encode()).hexdigest()


def _run(config: str) -> str:
    command = [sys.executable, "-m", "harness.record", config]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, env=_environment(), check=False)
    if done.returncode != 0:
        # Kept as well: what does not run is not tried again for each of a hundred tests.
        return json.dumps({"error": done.stdout + done.stderr})
    return done.stdout.splitlines()[-1]


def record(**config: str) -> Recording:
    """Runs the program with this config; the same config runs once."""
    return _recorded(json.dumps(config, sort_keys=True))


def _environment() -> dict[str, str]:
    """Nothing of the machine's AWS or Pulumi settings reaches the run."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PULUMI_"))}
    return {**kept, "PYTHONPATH": str(TESTS), "PYTHONDONTWRITEBYTECODE": "1"}
