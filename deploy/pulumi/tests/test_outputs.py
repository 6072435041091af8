"""Outputs: what is kept for whoever reads them is what the program says, and each key is explained."""

import json
import re

import pytest

from harness.outputs import FOLDER, kept, text
from harness.systems import PROGRAM, ROLES


@pytest.mark.parametrize(("system", "side"), ROLES)
def test_what_is_kept_is_what_the_program_says(system: str, side: str) -> None:
    file = kept(system, side)
    assert file.exists(), f"{file.name} is missing: make infra-outputs"
    assert file.read_text() == text(system, side), f"{file.name} is stale: make infra-outputs"


def test_nothing_is_kept_of_systems_that_are_gone() -> None:
    assert sorted(FOLDER.iterdir()) == sorted(kept(system, side) for system, side in ROLES)


def test_every_key_is_explained() -> None:
    said: set[str] = set()
    for system, side in ROLES:
        said |= json.loads(kept(system, side).read_text()).keys()
    (section,) = re.findall(r"\n## Outputs\n(.*?)\n## ", (PROGRAM / "README.md").read_text(), re.DOTALL)
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    explained = {k for row in rows for k in re.findall(r"`(\w+)`", row)}
    assert said - explained == set()
    # The other lever is drctl's too, and one that no system has needed yet.
    assert explained - said == {"leverZone"}
