"""One lab for each worker; one stage, with workloads of its own names, for each test."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import pytest

from staging.binary import NotBuilt, drctl_binary
from staging.house import House
from staging.stage import Stage

# How fast the simulated world moves; see the lab's README for the meaning of each.
QUICK = {
    "promotion_seconds": 1.0,
    "detach_seconds": 0.8,
    "failover_seconds": 1.0,
    "modify_seconds": 0.4,
    "reboot_seconds": 0.4,
    "propagation_seconds": 0.3,
    "health_check_interval_seconds": 0.1,
    "metric_period_seconds": 0.5,
    "describe_lag_seconds": 0.0,
    "bare_change_batch_errors": False,
    "ssl_answer": "S",
    "down_mode": "refuse",
    "fence_mode": "drop",
    "hold_seconds": 10.0,
}

FAILED = pytest.StashKey[bool]()


def pytest_sessionstart(session: pytest.Session) -> None:
    try:
        drctl_binary()
    except NotBuilt as cause:
        pytest.exit(str(cause), returncode=2)


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    with House(**QUICK) as house:
        yield house


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fixtures learn here whether their test failed, and then keep its files."""
    report = yield
    if report.failed:
        item.stash[FAILED] = True
    return report


@pytest.fixture
def stage(house: House, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """Whatever a test was about, no secret may be left in a file and the lab must be whole again."""
    house.tidy()
    with Stage(house) as stage:
        yield stage
        stage.keep_files = request.node.stash.get(FAILED, False)
        stage.drctl.kill()
        assert stage.leaks() == []
