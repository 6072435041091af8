"""What was applied, where it is, and drctl to try on it. Everything comes from the environment:

OUTPUTS   the file of `pulumi stack output --json` (default: cfn-outputs/flat-outputs.json)
ENDPOINT  an address that answers in AWS's place; left out, it is AWS itself, with the credentials at hand
RESOLVER  a name server as ip:port that knows the databases; a stand-in gets one of its own otherwise
FAILOVER  yes: fail over for real. Left out, nothing is changed
HANDOVER  a file that is to hold what `drctl handover --json` says after the failover
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import boto3
import pytest

PROGRAM = Path(__file__).resolve().parents[1]
ENDPOINT = os.environ.get("ENDPOINT", "")

Client = Callable[[str, str], Any]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The failover comes last: after it the roles are no longer what the outputs say."""
    items.sort(key=lambda item: item.name == "test_it_fails_over")


@pytest.fixture(scope="session")
def outputs() -> dict[str, str]:
    """The stack's outputs."""
    path = Path(os.environ.get("OUTPUTS") or PROGRAM / "cfn-outputs" / "flat-outputs.json")
    if not path.exists():
        pytest.exit(f"there are no outputs at {path}: `pulumi stack output --json > {path}`", returncode=2)
    read: dict[str, str] = json.loads(path.read_text())
    return read


@pytest.fixture(scope="session")
def client() -> Client:
    """A boto3 client of a service in a Region."""

    def make(service: str, region: str) -> Any:
        more = {"endpoint_url": ENDPOINT} if ENDPOINT else {}
        return boto3.client(service, region_name=region, **more)

    return make


@pytest.fixture(scope="session")
def drctl() -> Path:
    """The program under test."""
    binary = Path(os.environ.get("DRCTL_BINARY", PROGRAM.parents[1] / ".build" / "debug" / "drctl"))
    if not binary.exists():
        pytest.exit(f"there is no drctl at {binary}: `make build`, or set DRCTL_BINARY", returncode=2)
    return binary
