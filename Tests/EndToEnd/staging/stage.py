"""One act: workloads in the lab, a drctl that watches them, and the ways to look at both."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from lab.estate.orders import orders
from lab.estate.payments import payments

from . import configuration, names, schema
from .drctl import Drctl, Output
from .house import House
from .inbox import Inbox
from .operator_api import OperatorAPI
from .records import notices, phases
from .waiting import PATIENCE, stays, wait_until
from .yaml import yaml_text

Item = dict[str, Any]
# Calls that change something in AWS, of all those that drctl has.
CHANGING = (
    "PromoteReadReplica",
    "RemoveFromGlobalCluster",
    "FailoverGlobalCluster",
    "ModifyDBInstance",
    "ModifyDBCluster",
    "RevokeSecurityGroupIngress",
    "ChangeResourceRecordSets",
    "PutMetricData",
    "RebootDBInstance",
    "UpdateHealthCheck",
    "UpdateService",
    "UpdateAutoScalingGroup",
)
PROMOTING = CHANGING[:3]


class Stage:
    """Everything that one test needs; as a context it leaves nothing running and no fault behind."""

    def __init__(self, house: House) -> None:
        self.house, self.lab = house, house.lab
        # Short, because a Unix socket's path has at most 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="drctl-e2e-", dir="/tmp"))
        self.keys = house.keys()
        self.drctl = Drctl(self.folder, self.keys)
        self.api = OperatorAPI(str(self.folder / "s.sock"))
        self.inbox = Inbox(self.lab, house.topics)
        self.estates: dict[str, Item] = {}
        # For whoever has to find out what went wrong.
        self.keep_files = False
        self.config: Item = {
            "controller": configuration.controller(str(self.folder), self.lab.dns),
            "aws": configuration.aws(self.lab.url),
            "defaults": {"policy": dict(configuration.POLICY)},
            "workloads": {},
        }

    def __enter__(self) -> Stage:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.drctl.kill()
        self.lab.lift()
        if kind is None and not self.keep_files:
            shutil.rmtree(self.folder, ignore_errors=True)
        else:
            print(f"the files of this act are in {self.folder}\n{self.drctl.tail()}", file=sys.stderr)

    # Setting it up

    def orders(self, **policy: Any) -> str:
        """Adds an RDS workload of a name of its own; the name."""
        name = f"orders{self.house.number()}"
        self.estates[name] = orders(self.house.pieces, self.house.pieces.zone(name), name)
        self.config["workloads"][name] = configuration.orders_workload(
            self.estates[name], self.house.topics, name, **policy
        )
        self._until_named(name)
        return name

    def payments(self, method: str = "detach", **policy: Any) -> str:
        """Adds an Aurora workload of a name of its own; the name."""
        name = f"payments{self.house.number()}"
        self.estates[name] = payments(self.house.pieces, self.house.pieces.zone(name), name)
        self.config["workloads"][name] = configuration.payments_workload(
            self.estates[name], self.house.topics, name, method, **policy
        )
        self._until_named(name)
        return name

    def _until_named(self, name: str) -> None:
        wait_until(lambda: self.leads_to(name) == "primary", f"DNS knows {name}")

    def database(self, name: str) -> Item:
        """The workload's one database, as the configuration has it, to be changed before `configure`."""
        found: Item = self.config["workloads"][name]["databases"][name]
        return found

    def configure(self) -> None:
        self.drctl.config.write_text(yaml_text(self.config))

    def open(self, crash_after: int = 0) -> None:
        """Writes the configuration, starts the service, and waits until all is well."""
        self.configure()
        self.drctl.serve(crash_after=crash_after)
        self.until_healthy()
        # What drctl takes its schema takes: held on every configuration that a test runs with.
        assert schema.faults(schema.read(self.drctl.config.read_text())) == []

    def until_healthy(self) -> None:
        for name in self.estates:
            self.until(name, is_well, "healthy, with its lag known and the standby fit")

    # Looking at drctl

    def view(self, name: str) -> Item:
        """The workload as status has it; empty while no service answers."""
        return self.api.workload(name) or {}

    def until(self, name: str, condition: Any, what: str, seconds: float = 30) -> Item:
        """The first view of the workload that meets the condition."""

        def look() -> Item | None:
            view = self.view(name)
            return view if view and condition(view) else None

        return wait_until(look, f"{name}: {what}", seconds, lambda: self.account(name))

    def until_phase(self, name: str, phase: str, seconds: float = 30) -> Item:
        return self.until(name, lambda view: view["phase"] == phase, f"phase {phase}", seconds)

    def never_acts(self, name: str, seconds: float = 6) -> None:
        """Over so long no plan is made and nothing is changed in AWS."""
        stays(
            lambda: not self.view(name).get("plan") and not self.changes(),
            f"{name} is left alone\n{self.account(name)}",
            seconds * min(PATIENCE, 2),
        )

    def history(self) -> list[Item]:
        """The journal through the service, or from its file when none runs."""
        found = self.api.history()
        if found or self.drctl.running:
            return found
        output = self.drctl.run("history", "--json", "--limit", "1000")
        rows: list[Item] = output.json if output.code == 0 else []
        return rows

    def phases(self) -> list[str]:
        return phases(self.history())

    def notices(self) -> list[str]:
        return notices(self.history())

    def run(self, *arguments: str, **options: Any) -> Output:
        return self.drctl.run(*arguments, **options)

    # Looking at the lab

    def calls(self, operation: str = "") -> list[Item]:
        """This drctl's calls, and nobody else's."""
        wanted = {"access_key": self.keys.access_key, **({"operation": operation} if operation else {})}
        found: list[Item] = self.lab.calls(**wanted)
        return found

    def changes(self) -> list[Item]:
        """Calls that would change something, whether or not they did."""
        return [call for call in self.calls() if call["operation"] in CHANGING]

    def promoting_calls(self) -> list[Item]:
        """The promoting calls that took effect."""
        return [call for call in self.calls() if call["operation"] in PROMOTING and call["effect"]]

    def side(self, name: str, side: str) -> Item:
        """The lab's own view of one side: role, status, alive, fenced, promotions."""
        where = self.estates[name][side]
        kind = "cluster" if "global_cluster" in self.estates[name] else "instance"
        found: Item = self.lab.database(where["region"], where["identifier"], kind)
        return found

    def leads_to(self, name: str) -> str:
        """`primary`, `standby`, or what else the workload's name leads to."""
        found = names.target(self.lab.dns, self.estates[name]["record"]["name"])
        for side in ("primary", "standby"):
            if found == self.estates[name][side]["host"]:
                return side
        return found

    # Making it hard

    def region_down(self, region: str, mode: str = "refuse") -> str:
        return self.lab.fault("region_down", region=region, mode=mode)

    def outage(self, name: str, mode: str = "refuse") -> str:
        """The workload's primary Region goes down. The fault's id."""
        return self.region_down(self.estates[name]["primary"]["region"], mode)

    # Saying what was found

    def account(self, name: str) -> str:
        """For a failed wait: what drctl thought and did."""
        view = self.view(name)
        assessment = view.get("assessment") or {}
        lines = [f"phase {view.get('phase')}, epoch {view.get('epoch')}: {assessment.get('sentence')}"]
        for database in assessment.get("databases", []):
            lines += [f"  {v['witness']}: {v['opinion']}: {v['because']}" for v in database["votes"]]
        lines += [f"  CLOSED {g['id']}: {g['because']}" for g in assessment.get("gates", []) if not g["open"]]
        for step in (view.get("plan") or {}).get("steps", []):
            lines.append(f"  {step['state']} {step['id']} {step.get('detail', '')}")
        return "\n".join([*lines, self.drctl.tail()])

    def leaks(self) -> list[str]:
        """Files of this act in which a secret can be read: journal, logs, output of commands."""
        words = [self.keys.secret.encode(), self.keys.token.encode()]
        found = []
        for path in sorted(self.folder.iterdir()):
            if path.is_file() and any(word in path.read_bytes() for word in words):
                found.append(path.name)
        return found


def is_well(view: Item) -> bool:
    """Healthy and ready for a failover, as far as evidence goes."""
    assessment = view.get("assessment") or {}
    gates = {gate["id"]: gate["open"] for gate in assessment.get("gates", [])}
    return (
        assessment.get("verdict") == "healthy"
        and view["phase"] == "watching"
        and all(database.get("lag") for database in assessment["databases"])
        and gates.get("target", False)
        and gates.get("lag", False)
    )
