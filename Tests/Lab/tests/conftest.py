"""One lab for all tests; each test makes its own databases in it and leaves no fault behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from lab.process import Lab
from subjects import GlobalPair, Pair, Zone

QUICK = {
    "promotion_seconds": 0.6,
    "detach_seconds": 0.4,
    "failover_seconds": 0.6,
    "modify_seconds": 0.3,
    "reboot_seconds": 0.3,
    "propagation_seconds": 0.3,
    "health_check_interval_seconds": 0.05,
    "metric_period_seconds": 0.2,
    "describe_lag_seconds": 0.0,
    "create_seconds": 0.0,
    "promotion_backup": True,
    "base_lag_seconds": 0.2,
    "lag_jitter_seconds": 0.1,
    "metric_delay_seconds": 0.0,
    "ssl_answer": "S",
    "down_mode": "refuse",
    "fence_mode": "drop",
    "hold_seconds": 5.0,
    "scale_periods": True,
}


@pytest.fixture(scope="session")
def running() -> Iterator[Lab]:
    with Lab(**QUICK) as lab:
        yield lab


@pytest.fixture
def lab(running: Lab) -> Iterator[Lab]:
    running.lift()
    running.settings(**QUICK)
    running.order("DELETE", "calls")
    yield running
    running.lift()
    running.order("POST", "auth", {})


@pytest.fixture
def zone(lab: Lab) -> Zone:
    return Zone(lab)


@pytest.fixture
def pair(lab: Lab) -> Pair:
    return Pair(lab)


@pytest.fixture
def aurora(lab: Lab) -> GlobalPair:
    return GlobalPair(lab)
