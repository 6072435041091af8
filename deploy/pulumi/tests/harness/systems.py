"""The systems that exist, each with its example's config, in both roles and both degrees of care."""

import json
import sys
from pathlib import Path

import yaml

from .recording import Recording, record

PROGRAM = Path(__file__).resolve().parents[2]
EXAMPLES = PROGRAM / "examples"


def example(system: str) -> dict[str, str]:
    """The config of the system's example, as Pulumi would read it."""
    read = yaml.safe_load((EXAMPLES / f"Pulumi.{system}.yaml").read_text())["config"]
    as_text = {k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in read.items()}
    return {k.removeprefix("drctl:"): v for k, v in as_text.items()}


SYSTEMS = sorted(
    f.stem.replace("_", "-") for f in (PROGRAM / "infra" / "systems").glob("*.py") if f.stem != "__init__"
)

# (system, which of its Regions is active): every rule is held in both.
ROLES = [(system, side) for system in SYSTEMS for side in ("home", "away")]


def recording(system: str, side: str = "home", **more: str) -> Recording:
    """One run of a system with its writers at home, or where they fled to."""
    config = {**example(system), **more}
    return record(**{**config, "activeRegion": region(system, side)})


def production(system: str, side: str = "home") -> Recording:
    """With everything that a stack can turn on: production's care, drctl acting by itself, another suffix."""
    return recording(system, side, production="true", mode="automatic", environmentSuffix="zq7")


def region(system: str, side: str) -> str:
    """The Region's code."""
    from infra.settings import HOMES

    config = example(system)
    home, away = HOMES[system]
    home = config.get("primaryRegion", home)
    away = config.get("standbyRegion", away)
    return home if side == "home" else away


if __name__ == "__main__":
    # For whoever runs the program from elsewhere: the config of a system's example, in one role.
    asked, where = sys.argv[1:]
    print(json.dumps({**example(asked), "activeRegion": region(asked, where)}))
