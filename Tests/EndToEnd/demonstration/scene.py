"""The estate in the lab, the configuration for it, and the drctl that guards it."""

from __future__ import annotations

import secrets
import shutil
import tempfile
from pathlib import Path
from typing import Any

from lab.estate import Estate
from lab.process import Lab
from staging import configuration
from staging.drctl import Drctl, Keys
from staging.inbox import Inbox
from staging.operator_api import OperatorAPI
from staging.yaml import yaml_text

Item = dict[str, Any]
WORKLOADS = ("orders", "payments")
# A lab minute lasts a second; a promotion that takes minutes at AWS takes seconds here.
LAB: Item = {
    "promotion_seconds": 3.0,
    "detach_seconds": 2.0,
    "modify_seconds": 0.6,
    "propagation_seconds": 0.8,
    "health_check_interval_seconds": 0.3,
    "metric_period_seconds": 1.0,
}
POLICY: Item = {
    "mode": "automatic",
    "confirmation_window": "5s",
    "clearance_window": "5s",
    "maximum_data_loss": "30s",
    "cooldown": "1h",
    "freshness": "4s",
    "metric_freshness": "1m",
    "stall_after": "5s",
    "provider_recovery_limit": "10s",
    "timeouts": {"recheck": "10s", "fence": "5s", "promotion": "1m", "traffic": "1m", "confirmation": "20s"},
}


class Scene:
    """`output` is where configuration, journal, logs and the report stay."""

    def __init__(self, lab: Lab, output: Path) -> None:
        self.lab, self.output = lab, output
        self.estate: Item = Estate(lab.url).build()
        self.keys = Keys("AKIA" + secrets.token_hex(8).upper(), secrets.token_hex(20), secrets.token_hex(40))
        own = self.estate["credentials"]
        # From here on the lab checks every signature.
        signers = {own["access_key_id"]: own["secret_access_key"], self.keys.access_key: self.keys.secret}
        lab.order("POST", "auth", {"keys": signers})
        # A Unix socket's path has at most 107 bytes, and nobody knows how deep the project lies.
        self.socket = Path(tempfile.mkdtemp(prefix="drctl-demo-")) / "s.sock"
        self.drctl = Drctl(output, self.keys)
        self.api = OperatorAPI(str(self.socket))
        self.inbox = Inbox(lab, self.estate["topics"])

    def configure(self) -> None:
        workloads, topics = self.estate["workloads"], self.estate["topics"]
        config = {
            "controller": configuration.controller(
                str(self.output), self.lab.dns, socket=str(self.socket), settle_time="2s"
            ),
            "aws": configuration.aws(self.lab.url),
            "defaults": {"policy": POLICY},
            "workloads": {
                "orders": configuration.orders_workload(workloads["orders"], topics, "orders"),
                "payments": configuration.payments_workload(workloads["payments"], topics, "payments"),
            },
        }
        self.drctl.config.write_text(yaml_text(config))

    def close(self) -> None:
        """Ends drctl, whatever it is doing."""
        self.drctl.kill()
        shutil.rmtree(self.socket.parent, ignore_errors=True)

    def workload(self, name: str) -> Item:
        found: Item = self.estate["workloads"][name]
        return found

    def side(self, name: str, side: str) -> Item:
        """The lab's own view of one side of the workload's database."""
        where = self.workload(name)[side]
        kind = "cluster" if name == "payments" else "instance"
        found: Item = self.lab.database(where["region"], where["identifier"], kind)
        return found

    def calls(self) -> list[Item]:
        """drctl's calls, and nobody else's."""
        found: list[Item] = self.lab.calls(access_key=self.keys.access_key)
        return found

    def owner(self, call: Item) -> str:
        """The workload that a call was made for; empty for calls about neither or both."""
        text = f"{call['path']} {call['parameters']}"
        if call["operation"] == "GetChange":
            return "orders"  # the only one of the two that changes records, so the only one that waits for it
        for name in WORKLOADS:
            found = self.workload(name)
            marks = [found["record"]["zone_id"], *found["health_checks"].values(), f"{name}-"]
            if any(mark in text for mark in marks):
                return name
            if call["service"] != "route53" and call["region"] == found["standby"]["region"]:
                return name
        return next((n for n in WORKLOADS if call["region"] == self.workload(n)["primary"]["region"]), "")
