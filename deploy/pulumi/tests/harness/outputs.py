"""The outputs of every system in both roles, as `pulumi stack output --json` would print them, kept in
tests/outputs: what reads such files (`drctl init --from-outputs`) is tested with them. `make infra-outputs`
writes them anew."""

import json
from pathlib import Path

from .systems import ROLES, recording

FOLDER = Path(__file__).resolve().parents[1] / "outputs"


def kept(system: str, side: str) -> Path:
    """The file of a system with its writers at home, or where they fled to."""
    return FOLDER / f"{system}-{side}.json"


def text(system: str, side: str) -> str:
    """What belongs there."""
    return json.dumps(recording(system, side).outputs, indent=2, sort_keys=True) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.json"):
        old.unlink()
    for system, side in ROLES:
        kept(system, side).write_text(text(system, side))
        print(kept(system, side))
