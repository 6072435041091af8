"""The stacks of deploy/pulumi, stood up in the lab by the program itself: see tests/harness/live.py there."""

from __future__ import annotations

import json
import os
import subprocess
import threading
from typing import Any

import yaml

from lab.process import Lab

from . import configuration, names
from .binary import ROOT
from .stage import Stage

Item = dict[str, Any]
PROGRAM = ROOT / "deploy" / "pulumi"
SYSTEMS = sorted(
    path.stem.replace("_", "-")
    for path in (PROGRAM / "infra" / "systems").glob("*.py")
    if path.stem != "__init__"
)
PYTHON = PROGRAM / ".venv" / "bin" / "python"


def stand_up(stage: Stage, system: str, side: str) -> Item:
    """Runs the program with the system's example, everything in it named after this stage; its outputs."""
    suffix = f"t{stage.house.number()}"
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": f"{PROGRAM}/tests:{PROGRAM}"}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [PYTHON, *arguments], cwd=PROGRAM / "tests", env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.splitlines()[-1]

    config = json.loads(run("-m", "harness.systems", system, side))
    named = json.dumps({**config, "environmentSuffix": suffix})
    outputs: Item = json.loads(run("-m", "harness.live", stage.lab.url, named))
    return outputs


def initial(stage: Stage, outputs: Item) -> Item:
    """What `drctl init` makes of the outputs, which means the same as what the stack itself wrote."""
    told = stage.folder / "flat-outputs.json"
    told.write_text(json.dumps(outputs))
    made = stage.run("init", "--from-outputs", str(told))
    assert made.code == 0, str(made)
    config: Item = yaml.safe_load(made.out)
    assert config == yaml.safe_load(outputs["controllerConfig"])
    return config


def adopt(stage: Stage, outputs: Item) -> str:
    """The stage watches the stack's workload, with the configuration of its outputs at the lab's pace."""
    name = str(outputs["workload"])
    config = initial(stage, outputs)
    workload = config["workloads"][name]
    pace = {k: v for k, v in configuration.POLICY.items() if k not in workload["policy"]}
    # The lab knows no observers, and a minute of its metrics is half a second.
    workload["policy"] |= {**pace, "mode": "automatic", "maximum_data_loss": "20s"}
    for database in workload["databases"].values():
        # The lab's databases hold no data and refuse every login.
        database.pop("sql", None)
        if database["type"] == "rds-replica":
            database["heartbeat"] = True
    stage.config["controller"]["region"] = config["controller"]["region"]
    stage.config["workloads"][name] = workload
    stage.estates[name] = {
        **{side: site(outputs, side) for side in ("primary", "standby")},
        "record": {"name": outputs["leverName"]},
        **({"global_cluster": outputs["globalCluster"]} if "globalCluster" in outputs else {}),
    }
    return name


def site(outputs: Item, side: str) -> Item:
    return {
        "region": outputs[f"{side}Region"],
        "identifier": outputs[f"{side}Identifier"],
        "host": outputs[f"{side}Endpoint"].split(":")[0],
        "port": int(outputs[f"{side}Endpoint"].split(":")[1]),
    }


class Probes:
    """Stand in for the schedule that runs the stack's probes: each round asks every endpoint what the
    function asks it, and puts the same metric. A context."""

    def __init__(self, lab: Lab, estate: Item) -> None:
        self._lab, self._estate = lab, estate
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Probes:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.wait(0.2):
            for side in ("primary", "standby"):
                try:
                    self._sample(self._estate[side])
                except Exception:
                    # The Region is down: nothing leaves it, as in AWS.
                    continue

    def _sample(self, where: Item) -> None:
        from functions.database_probe.handler import answers

        addresses = names.answers(self._lab.dns, where["host"])
        reachable = bool(addresses) and answers(addresses[-1], where["port"])
        self._lab.client("cloudwatch", where["region"]).put_metric_data(
            Namespace="drctl/databases",
            MetricData=[
                {
                    "MetricName": "Reachable",
                    "Dimensions": [{"Name": "Database", "Value": where["identifier"]}],
                    "Value": 1.0 if reachable else 0.0,
                }
            ],
        )
