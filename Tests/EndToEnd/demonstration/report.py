"""What came of it: the table at the end of the demo, and demo-report.json."""

from __future__ import annotations

import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from staging.records import events, moment
from staging.stage import CHANGING

from .client import Client
from .scene import WORKLOADS, Scene

Item = dict[str, Any]
# Beside what drctl took: resolvers may serve the old answer for as long as the record's TTL.
ROWS = (
    ("outage", "outage began"),
    ("seen_at", "outage seen at"),
    ("decided_at", "decided at"),
    ("promoted_at", "promoted at"),
    ("traffic_moved_at", "traffic moved at"),
    ("rto", "RTO, as its client saw it"),
    ("lag", "last known lag"),
    ("loss", "predicted loss"),
    ("changing", "AWS calls that change"),
    ("reading", "AWS calls that read"),
    ("fence", "old writer"),
)


class Report:
    def __init__(
        self, scene: Scene, history: list[Item], outages: dict[str, float], clients: dict[str, Client]
    ) -> None:
        self._scene = scene
        self._calls = scene.calls()
        self.workloads = {
            name: self._workload(name, mine(history, name), outages.get(name), clients[name])
            for name in WORKLOADS
        }

    def _workload(self, name: str, history: list[Item], outage: float | None, client: Client) -> Item:
        plans = [(record["at"], data["plan"]) for record, _, data in events(history, "planAdopted")]
        decided, plan = plans[-1] if plans else (None, None)
        judged = next(
            (d["assessment"] for _, _, d in events(history, "phaseChanged") if d["to"] == "failing-over"),
            None,
        )
        database = judged["databases"][0] if judged else {}
        settled = [data for _, _, data in events(history, "fenceSettled")]
        word, said = next(iter(settled[-1]["settlement"].items())) if settled else ("owed", {})
        old = self._scene.side(name, "primary")
        calls = Counter(call["operation"] for call in self._calls if self._scene.owner(call) == name)
        return {
            "outage_at": text(outage),
            "seen_at": database.get("darkSince") or (judged or {}).get("suspectedSince"),
            "decided_at": decided,
            "promoted_at": done_at(history, "await-writer"),
            "traffic_moved_at": text(client.moved_at),
            "confirmed_at": done_at(history, "confirm-traffic"),
            "rto_seconds": round(client.back_at - outage, 1) if client.back_at and outage else None,
            "dns_ttl_seconds": self._scene.workload(name)["record"]["ttl"],
            "last_known_lag": database.get("lag"),
            "predicted_loss_seconds": plan["forecast"].get("lossSeconds") if plan else None,
            "witnesses": {vote["witness"]: vote["opinion"] for vote in database.get("votes", [])},
            "aws_calls": dict(sorted(calls.items())),
            "fence": said.get("detail") or said.get("because") or "owed",
            "fenced": word == "fenced"
            and bool(old["fenced"])
            and bool(old["alive"])
            and not old["accepting"],
            "lab": {
                side: {k: self._scene.side(name, side)[k] for k in ("role", "alive", "fenced", "promotions")}
                for side in ("primary", "standby")
            },
        }

    def table(self) -> list[list[str]]:
        cells = {name: self._cells(row) for name, row in self.workloads.items()}
        return [["", *WORKLOADS], *([label, *(cells[n][key] for n in WORKLOADS)] for key, label in ROWS)]

    def _cells(self, row: Item) -> dict[str, str]:
        start = moment(row["outage_at"]) if row["outage_at"] else None

        def at(key: str) -> str:
            if not row[key] or start is None:
                return "never"
            return f"{clock(row[key])}  (+{moment(row[key]) - start:.1f} s)"

        calls, lag = row["aws_calls"], row["last_known_lag"]
        return {
            "outage": clock(row["outage_at"]) if row["outage_at"] else "never",
            **{key: at(key) for key in ("seen_at", "decided_at", "promoted_at", "traffic_moved_at")},
            "rto": f"{row['rto_seconds']} s, and up to {row['dns_ttl_seconds']} s more for cached answers",
            "lag": f"{lag['lagSeconds']:.1f} s, sampled {clock(lag['sampledAt'])}" if lag else "unknown",
            "loss": f"up to {row['predicted_loss_seconds']:.1f} s of changes"
            if row["predicted_loss_seconds"] is not None
            else "unknown",
            "changing": ", ".join(f"{n} {c}" for n, c in calls.items() if n in CHANGING) or "none",
            "reading": ", ".join(f"{n} {c}" for n, c in calls.items() if n not in CHANGING) or "none",
            "fence": ("fenced: " if row["fenced"] else "NOT FENCED: ") + in_short(str(row["fence"])),
        }

    def write(self, claims: list[Item]) -> Path:
        path = self._scene.output / "demo-report.json"
        shared = Counter(call["operation"] for call in self._calls if not self._scene.owner(call))
        document = {
            "made_at": text(datetime.now(UTC).timestamp()),
            "workloads": self.workloads,
            "other_aws_calls": dict(shared),
            "claims": claims,
        }
        path.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n")
        return path


def mine(history: list[Item], name: str) -> list[Item]:
    return [row for row in history if row["record"].get("workload") == name]


def done_at(history: list[Item], action: str) -> str | None:
    """When the step with this action was done; null when it was not."""
    for record, _, data in events(history, "stepFinished"):
        if data["step"].split("-", 1)[1].split(":")[0] == action and "succeeded" in data["outcome"]:
            return str(record["at"])
    return None


def text(seconds: float | None) -> str | None:
    """Seconds since 1970 as the contract writes times."""
    if seconds is None:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def clock(time: str) -> str:
    return time[11:21] + "Z"


def in_short(detail: str) -> str:
    """What was done, without the proofs that follow."""
    parts = [part.strip() for part in detail.split(";")]
    return "; ".join(
        part for part in parts if "does not answer from here" not in part and "end with" not in part
    )
