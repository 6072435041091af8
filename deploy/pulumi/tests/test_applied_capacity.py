"""How `make test-infra` reads what a failover has raised."""

from typing import Any

import pytest

from applied.capacity import too_few

OUTPUTS = {
    "standbyRegion": "us-west-2",
    "capacity": "ecs-service:us-east-1:web-home/web-home:3,ecs-service:us-west-2:web-away/web-away:3",
}


class ECS:
    """Two services, one in each Region, that ask for this many tasks each."""

    def __init__(self, desired: int) -> None:
        self._desired = desired

    def describe_services(self, cluster: str, services: list[str]) -> dict[str, Any]:
        assert [cluster] == services
        return {"services": [{"serviceName": cluster, "desiredCount": self._desired}]}


def test_a_standby_service_that_was_not_raised_is_told() -> None:
    assert too_few(OUTPUTS, lambda service, region: ECS(1)) == ["web-away/web-away asks for 1 of 3"]


@pytest.mark.parametrize("desired", [3, 4])
def test_one_that_was_is_not(desired: int) -> None:
    assert too_few(OUTPUTS, lambda service, region: ECS(desired)) == []


def test_a_system_without_services_has_none_to_raise() -> None:
    assert too_few({"standbyRegion": "us-west-2"}, lambda service, region: ECS(0)) == []
