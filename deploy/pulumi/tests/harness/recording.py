"""What one run registered, for tests to ask."""

import functools
import json
import os
import subprocess
import sys
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
    command = [sys.executable, "-m", "harness.record", config]
    done = subprocess.run(command, cwd=TESTS, capture_output=True, text=True, env=_environment(), check=False)
    if done.returncode != 0:
        raise ProgramFailed(done.stdout + done.stderr)
    read = json.loads(done.stdout.splitlines()[-1])
    return Recording(json.loads(config), [Registered(**r) for r in read["resources"]], read["outputs"])


def record(**config: str) -> Recording:
    """Runs the program with this config; the same config runs once."""
    return _recorded(json.dumps(config, sort_keys=True))


def _environment() -> dict[str, str]:
    """Nothing of the machine's AWS or Pulumi settings reaches the run."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PULUMI_"))}
    return {**kept, "PYTHONPATH": str(TESTS), "PYTHONDONTWRITEBYTECODE": "1"}
