"""The rules for everything that a stack registers: each over every system, in both roles."""

import pytest

from harness.answers import computed
from harness.systems import ROLES, recording
from infra.tags import REQUIRED

every_system = pytest.mark.parametrize(("system", "side"), ROLES)


@every_system
def test_every_resource_has_an_explicit_provider(system: str, side: str) -> None:
    without = [str(r) for r in recording(system, side).aws if "pulumi:providers:aws" not in r.provider]
    assert not without


@every_system
def test_everything_that_can_be_tagged_has_the_five_tags(system: str, side: str) -> None:
    untagged = [
        str(r)
        for r in recording(system, side).aws
        if "tags" in computed(r.type) and not set(REQUIRED) <= set(r.inputs.get("tags") or {})
    ]
    assert not untagged
