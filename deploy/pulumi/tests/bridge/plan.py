"""Plans one system's stack with the AWS provider that pulumi-aws is made from, in both roles. Run it as
`python tests/bridge/plan.py TOOL_FOLDER SYSTEM home|away [plan|apply|destroy]`; the folder holds bridge.py.
It prints what it did, and ends with 1 when the provider, or a reader of the plan, would object."""

import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
PROGRAM = TESTS.parent
sys.path[:0] = [str(TESTS), str(PROGRAM)]

from bridge.answers import CROSSINGS, INVOKES  # noqa: E402
from bridge.blocks import complete  # noqa: E402
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
    with tempfile.TemporaryDirectory() as out:
        looked: list[int] = []

        def look(endpoint: str, _: Any) -> None:
            looked.append(_look(tool, Path(out), endpoint))

        return int(tool.verify(made, out, upto, after_apply=look)) + sum(looked) + _strays(made)


def _look(tool: ModuleType, out: Path, endpoint: str) -> int:
    """While everything stands: the tests that `make test-infra` runs on whatever was applied."""
    found = json.loads(tool.Terraform(out)("output", "-json").stdout)
    outputs = out / "flat-outputs.json"
    outputs.write_text(json.dumps({key: each["value"] for key, each in found.items()}))
    keys = {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    environment = {**os.environ, **keys, "OUTPUTS": str(outputs), "ENDPOINT": endpoint}
    command = [sys.executable, "-m", "pytest", "-q", "-rs", "applied"]
    return subprocess.run(command, cwd=PROGRAM, env=environment, check=False).returncode


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
