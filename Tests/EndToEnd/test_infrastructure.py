"""What deploy/pulumi describes is what drctl can protect: each stack, stood up in the lab by its own program,
is found fit by `drctl doctor` and fails over with the configuration that the stack wrote."""

from __future__ import annotations

import pytest

from staging.infrastructure import PYTHON, SYSTEMS, Probes, adopt, stand_up
from staging.stage import Stage
from staging.waiting import wait_until

pytestmark = pytest.mark.skipif(
    not PYTHON.exists(), reason="NOT TESTED: no stack was stood up, `make infra-venv` makes what it needs"
)


@pytest.mark.parametrize("side", ["home", "away"])
@pytest.mark.parametrize("system", SYSTEMS)
def test_a_stack_is_fit_and_fails_over(stage: Stage, system: str, side: str) -> None:
    outputs = stand_up(stage, system, side)
    name = adopt(stage, outputs)
    with Probes(stage.lab, stage.estates[name]):
        stage.configure()
        assert stage.run("validate").code == 0
        wait_until(lambda: stage.leads_to(name) == "primary", "the clients' name leads to the writer")
        wait_until(
            lambda: stage.run("doctor").code == 0, "doctor is content", 60, lambda: str(stage.run("doctor"))
        )
        stage.open()
        stage.outage(name)
        view = stage.until_phase(name, "failed-over", 90)
    assert view["activeRegion"] == outputs["standbyRegion"]
    assert stage.side(name, "standby")["role"] == "writer"
    assert stage.leads_to(name) == "standby"
    assert stage.calls("ChangeResourceRecordSets") == [], "the name moves by its health check alone"
