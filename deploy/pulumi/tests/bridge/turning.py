"""A change of roles, planned: after the failover the commands of `drctl handover` are run, with stand-ins for
`pulumi` and `aws` that write down what they are asked for. Then the program runs with the roles as the
commands set them, over the state as the failover left it, and whatever the plan would delete must be on the
list in leaving.py. Run by plan.py, in a process of its own since the SDK keeps global state:
`python tests/bridge/turning.py TOOL_FOLDER OUT SYSTEM ENDPOINT`."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

TESTS = Path(__file__).resolve().parents[1]
PROGRAM = TESTS.parent
sys.path[:0] = [str(TESTS), str(PROGRAM)]

from bridge.answers import INVOKES  # noqa: E402
from bridge.leaving import Gone, judged  # noqa: E402
from bridge.plan import load  # noqa: E402
from harness.systems import example  # noqa: E402

# Answers the two questions that the commands ask, and writes down everything.
STAND_IN = """#!/bin/sh
printf '%s\\n' "$(basename "$0")	$*" >> "$CALLS"
case "$(basename "$0") $*" in
"pulumi stack --show-urns") cat "$URNS" ;;
"pulumi stack output "*) "$PYTHON" -c "import json; print(json.load(open('$OUTPUTS'))['$3'])" ;;
esac
"""


@dataclass(frozen=True)
class Orders:
    """What the commands told Pulumi: config values, and the URNs of what is to be made anew."""

    config: dict[str, str]
    replaced: list[str]


def orders(calls: list[str]) -> Orders:
    """From what the stand-ins wrote down, one call a line."""
    words = [line.split("\t")[1].split() for line in calls if line.startswith("pulumi\t")]
    config = {w[2].removeprefix("drctl:"): w[3] for w in words if w[:2] == ["config", "set"]}
    ups = [w for w in words if w[:1] == ["up"]]
    if not ups:
        raise SystemExit("the handover's commands never run `pulumi up`")
    replaced = [up[i + 1] for up in ups for i, word in enumerate(up) if word == "--replace"]
    return Orders(config, replaced)


def handed_over(out: Path) -> Orders:
    """Runs the commands of those steps that speak of Pulumi, as drctl printed them after the failover."""
    room = out / "handover"
    room.mkdir(exist_ok=True)
    for name in ("pulumi", "aws"):
        (room / name).write_text(STAND_IN)
        (room / name).chmod(0o755)
    urns = [r["urn"] for r in json.loads((out / "resources.json").read_text())]
    (room / "urns").write_text("\n".join(f"    {urn}" for urn in urns) + "\n")
    (room / "calls").write_text("")
    (handover,) = json.loads((out / "handover.json").read_text())
    environment = {
        "PATH": f"{room}:/usr/bin:/bin",
        "CALLS": str(room / "calls"),
        "URNS": str(room / "urns"),
        "OUTPUTS": str(out / "flat-outputs.json"),
        "PYTHON": sys.executable,
    }
    for step in handover["steps"]:
        if any("pulumi" in command for command in step["commands"]):
            script = "\n".join(["set -euo pipefail", *step["commands"]])
            subprocess.run(["bash", "-c", script], env=environment, check=True, stdout=subprocess.DEVNULL)
    return orders((room / "calls").read_text().splitlines())


def planned(tool: ModuleType, system: str, out: Path, endpoint: str, asked: Orders) -> dict[str, Any]:
    """The plan of the turned program, over a copy of the state."""
    turned = out / "turned"
    made = tool.Bridge(PROGRAM, config={**example(system), **asked.config}, invokes=INVOKES).run()
    made.write(turned, endpoint=endpoint)
    shutil.copy(out / "terraform.tfstate", turned)
    terraform = tool.Terraform(turned)
    terraform.init()
    anew = [f"-replace={made.resources[urn].address}" for urn in asked.replaced]
    terraform("plan", "-no-color", "-out=turn", "-parallelism=4", *anew)
    plan: dict[str, Any] = json.loads(terraform("show", "-json", "turn").stdout)
    return plan


def gone(plan: dict[str, Any]) -> list[Gone]:
    """What it would delete."""
    changes = plan.get("resource_changes", [])
    return [Gone(c["type"], c["name"]) for c in changes if "delete" in c["change"]["actions"]]


def unfaithful(plan: dict[str, Any]) -> list[str]:
    """Databases made anew that would not be replicas of the other side, under the name of the old one."""
    wrong = []
    for resource in plan.get("resource_changes", []):
        change = resource["change"]
        if resource["type"] == "aws_db_instance" and "delete" in change["actions"]:
            was, will = change["before"], change["after"] or {}
            source = str(will.get("replicate_source_db") or "")
            if will.get("identifier") != was["identifier"]:
                wrong.append(f"{was['identifier']} would not get its name back")
            if not source.startswith("arn:aws:rds:") or source == was["arn"]:
                wrong.append(f"{was['identifier']} would be made anew, but not as a replica: {source!r}")
    return wrong


def main() -> int:
    """One system; 0 when the plan holds nothing that nobody said."""
    folder, out, system, endpoint = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3], sys.argv[4]
    asked = handed_over(out)
    plan = planned(load(folder), system, out, endpoint, asked)
    found = gone(plan)
    wrong = judged(found, system) + unfaithful(plan)
    print(f"roles turned to {asked.config['activeRegion']}: {len(found)} would go, {len(wrong)} of it wrong")
    for each in wrong:
        print(f"  roles turned: {each}")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(min(main(), 1))
