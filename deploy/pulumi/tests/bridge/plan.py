"""Plans one system's stack with the AWS provider that pulumi-aws is made from, in both roles. Run it as
`python tests/bridge/plan.py TOOL_FOLDER SYSTEM home|away [plan|apply|hold|destroy]`; the folder holds
bridge.py. It prints what it did, and ends with 1 when the provider, or a reader of the plan, would object.
`hold` leaves what was applied standing until Enter is pressed, for `make test-infra`."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from types import ModuleType
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
PROGRAM = TESTS.parent
sys.path[:0] = [str(TESTS), str(PROGRAM)]

from bridge.answers import CROSSINGS, INVOKES  # noqa: E402
from bridge.blocks import complete  # noqa: E402
from bridge.drift import drifts  # noqa: E402
from bridge.forgotten import judged  # noqa: E402
from harness.systems import example, region  # noqa: E402


def load(folder: Path) -> ModuleType:
    """The tool, as a module."""
    spec = importlib.util.spec_from_file_location("infra_bridge", folder / "bridge.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"there is no bridge.py in {folder}")
    module = importlib.util.module_from_spec(spec)
    sys.modules["infra_bridge"] = module
    spec.loader.exec_module(module)
    complete(module)
    return module


def verify(tool: ModuleType, system: str, side: str, upto: str) -> int:
    """0 when the stack passes every stage up to `upto`."""
    config = {**example(system), "activeRegion": region(system, side)}
    made = tool.Bridge(PROGRAM, config=config, invokes=INVOKES).run()
    print(f"==> {system}, active {side}: {sum(bool(r.tf_type) for r in made.ordered())} resources")
    names = sorted(value for key, value in config.items() if key.endswith("Secret"))
    os.environ["INFRA_SECRETS"] = json.dumps({region(system, s): names for s in ("home", "away")})
    with kept() as out:
        looked: list[int] = []

        def look(endpoint: str, _: Any) -> None:
            outputs = _outputs(tool, Path(out))
            if upto == "hold":
                print(f"make test-infra OUTPUTS={outputs} ENDPOINT={endpoint}", flush=True)
                sys.stdin.readline()
            looked.append(_look(outputs, endpoint))
            looked.append(_again(tool, Path(out), system))
            looked.append(_turn(Path(out), system, endpoint))

        stage = "apply" if upto == "hold" else upto
        return int(tool.verify(made, out, stage, after_apply=look)) + sum(looked) + _strays(made)


def kept() -> AbstractContextManager[str]:
    """Where plans and logs go: KEEP names a folder to look into afterwards."""
    folder = os.environ.get("KEEP")
    return nullcontext(folder) if folder else tempfile.TemporaryDirectory()


def _outputs(tool: ModuleType, out: Path) -> Path:
    """As `pulumi stack output --json` would write them."""
    found = json.loads(tool.Terraform(out)("output", "-json").stdout)
    outputs = out.resolve() / "flat-outputs.json"
    outputs.write_text(json.dumps({key: each["value"] for key, each in found.items()}))
    return outputs


def _look(outputs: Path, endpoint: str) -> int:
    """While everything stands: the tests that `make test-infra` runs on whatever was applied, and at their
    end a failover. The second plan comes after it: the program undoes nothing of it."""
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    given = {
        "OUTPUTS": str(outputs),
        "ENDPOINT": endpoint,
        "FAILOVER": "yes",
        "HANDOVER": str(outputs.parent / "handover.json"),
    }
    environment = {**os.environ, **keys, **given}
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "applied"]
    return subprocess.run(command, cwd=PROGRAM, env=environment, check=False).returncode


def _again(tool: ModuleType, out: Path, system: str) -> int:
    """A second plan finds nothing to do but to say again what the stand-in forgot."""
    terraform = tool.Terraform(out)
    terraform("plan", "-no-color", "-out=again", "-parallelism=4")
    wrong = judged(drifts(json.loads(terraform("show", "-json", "again").stdout)), system)
    for each in wrong:
        print(f"  second plan: {each}")
    return len(wrong)


def _turn(out: Path, system: str, endpoint: str) -> int:
    """The roles turned, as the handover has it, and planned a third time."""
    turning = str(TESTS / "bridge" / "turning.py")
    command = [sys.executable, turning, sys.argv[1], str(out.resolve()), system, endpoint]
    return subprocess.run(command, check=False).returncode


def _strays(made: Any) -> int:
    """References that leave their Region, and are not meant to: another Region's key or group would show only
    on the day when that Region is gone."""
    strays = [
        f"{here} refers to {there} in the other Region"
        for here, there, _, _ in made.cross_region()
        if not any(re.fullmatch(pattern, f"{here} {there}") for pattern in CROSSINGS)
    ]
    for stray in strays:
        print(f"  {stray}")
    return len(strays)


def main() -> int:
    """One system a process: the SDK keeps global state."""
    folder, system, side = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    os.environ.setdefault("BRIDGE_MOTO_SCRIPT", str(TESTS / "bridge" / "moto_server.py"))
    os.environ["INFRA_MOTO_PATCHES"] = str(folder / "moto_plus.py")
    return min(verify(load(folder), system, side, sys.argv[4] if len(sys.argv) > 4 else "plan"), 1)


if __name__ == "__main__":
    sys.exit(main())
