"""What the demo claims, each with whether it was observed. One that was not makes the demo fail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staging.stage import PROMOTING

from .scene import WORKLOADS, Scene
from .show import Show

if TYPE_CHECKING:
    from .report import Report

Item = dict[str, Any]


class Findings:
    def __init__(self, show: Show, scene: Scene) -> None:
        self._show, self._scene = show, scene
        self._found: list[tuple[str, bool, str]] = []
        self._targets: dict[tuple[str, str], str] = {}

    def note(self, key: str, held: bool, claim: str) -> None:
        self._found.append((key, held, claim))

    def before(self, name: str, target: str) -> None:
        self._targets[name, "before"] = target

    def after(self, name: str, target: str) -> None:
        self._targets[name, "after"] = target

    @property
    def all_held(self) -> bool:
        return all(held for _, held, _ in self._found)

    def conclude(self, report: Report) -> None:
        """Looks at the end state and says all that was found."""
        for name in WORKLOADS:
            self._one_writer(name)
            self._traffic(name)
            self._messages(name)
            row = report.workloads[name]
            self.note(f"{name}-fence", row["fenced"], f"{name}: the old writer came back, and is fenced")
            self.note(
                f"{name}-loss",
                row["predicted_loss_seconds"] is not None and row["predicted_loss_seconds"] <= 30,
                f"{name}: the predicted loss was known, and within the policy's 30 s",
            )
            self.note(
                f"{name}-rto",
                row["rto_seconds"] is not None and row["rto_seconds"] < 60,
                f"{name}: its client had a writer again within a minute",
            )
        self._levers()
        for _, held, claim in self._found:
            self._show.verdict(held, claim)

    def _one_writer(self, name: str) -> None:
        old, new = self._scene.side(name, "primary"), self._scene.side(name, "standby")
        effective = [
            call
            for call in self._scene.calls()
            if call["operation"] in PROMOTING and call["effect"] and self._scene.owner(call) == name
        ]
        self.note(
            f"{name}-promotion",
            (new["promotions"], old["promotions"], len(effective)) == (1, 0, 1),
            f"{name}: exactly one promotion took effect, of {new['identifier']}",
        )
        self.note(
            f"{name}-writer",
            new["role"] == "writer" and new["accepting"] and not old["accepting"],
            f"{name}: {new['identifier']} takes clients as the writer, {old['identifier']} takes none",
        )

    def _traffic(self, name: str) -> None:
        found = self._scene.workload(name)
        led = (self._targets.get((name, "before")), self._targets.get((name, "after")))
        self.note(
            f"{name}-dns",
            led == (found["primary"]["host"], found["standby"]["host"]),
            f"{name}: DNS led to the old writer before and leads to the new one after",
        )

    def _messages(self, name: str) -> None:
        region = self._scene.workload(name)["standby"]["region"]
        missing = [
            word
            for word in ("suspected", "confirmed", "failover started", "failover completed")
            if not any(letter["region"] == region for letter in self._scene.inbox.about(f"{name}: {word}"))
        ]
        claim = f"{name}: people were told of suspicion, confirmation, start and completion, through {region}"
        self.note(
            f"{name}-sns", not missing, claim + (f" (missing: {', '.join(missing)})" if missing else "")
        )

    def _levers(self) -> None:
        calls = [call for call in self._scene.calls() if call["effect"]]
        moved = [self._scene.owner(call) for call in calls if call["operation"] == "ChangeResourceRecordSets"]
        self.note(
            "record", moved == ["orders"], "the record of orders was changed once, that of payments never"
        )
        flips = {call["region"] for call in calls if call["operation"] == "PutMetricData"}
        self.note("metric", flips == {"us-east-2"}, "payments was moved by a metric in us-east-2 alone")

    def as_json(self) -> list[Item]:
        return [{"id": key, "observed": held, "claim": claim} for key, held, claim in self._found]
