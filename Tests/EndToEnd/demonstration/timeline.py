"""drctl's journal as it grows, line by line, with the messages that people receive."""

from __future__ import annotations

import threading
from typing import Any

from .scene import Scene
from .show import Show

Item = dict[str, Any]
PAUSE_SECONDS = 0.25


class Timeline:
    def __init__(self, show: Show, scene: Scene) -> None:
        self._show, self._scene = show, scene
        self.history: list[Item] = []
        self._shown_letters = 0
        self._shown: set[tuple[str, str]] = set()
        self._votes: dict[str, dict[str, str]] = {}
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._follow, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        if self._thread.is_alive():
            self._thread.join(5)

    def _follow(self) -> None:
        while not self._end.wait(PAUSE_SECONDS):
            self.read()

    def has_shown(self, name: str, kind: str) -> bool:
        """Whether a record of that kind of the workload has been shown: the next heading may follow."""
        return (name, kind) in self._shown

    def read(self) -> None:
        after = self.history[-1]["sequence"] if self.history else 0
        for row in self._scene.api.history(after):
            self.history.append(row)
            record = row["record"]
            for kind, data in record["event"].items():
                name = record.get("workload", "drctl")
                self._tell(name, kind, data)
                self._shown.add((name, f"{kind} {data.get('to', '')}".strip()))
        self._letters()

    def _letters(self) -> None:
        received = self._scene.inbox.fetch()
        for letter in received[self._shown_letters :]:
            text = letter["subject"] or letter["message"].splitlines()[0]
            self._show.short("sns", f"{letter['region']}: {text.removeprefix('[drctl] ')}")
        self._shown_letters = len(received)

    def _tell(self, name: str, kind: str, data: Item) -> None:
        teller = getattr(self, f"_{kind}", None)
        if teller is not None:
            teller(name, data)

    # One for each kind of event that a spectator wants to see; the journal has more.

    def _phaseChanged(self, name: str, data: Item) -> None:
        self._show.line(name, f"{data['from']} → {data['to']}: {data['because']}")
        self._evidence(name, data["assessment"])
        if data["to"] == "failing-over" or data["to"] == "blocked":
            self._gates(data["assessment"])

    def _assessed(self, name: str, data: Item) -> None:
        self._evidence(name, data["assessment"])

    def _evidence(self, name: str, assessment: Item) -> None:
        """Only what has changed since it was last told."""
        known = self._votes.setdefault(name, {})
        for database in assessment["databases"]:
            for vote in database["votes"]:
                if known.get(vote["witness"], "unknown") != vote["opinion"]:
                    known[vote["witness"]] = vote["opinion"]
                    self._show.line(
                        name, f"  evidence  {vote['witness']}: {vote['opinion'].upper()}: {vote['because']}"
                    )

    def _gates(self, assessment: Item) -> None:
        closed = [gate for gate in assessment["gates"] if not gate["open"]]
        told = {gate["id"]: gate["because"] for gate in assessment["gates"]}
        for gate in ("quorum", "window", "source-alive", "lag", "target"):
            self._show.more(f"gate {gate}: {told.get(gate, '?')}")
        names = ", ".join(gate["id"] for gate in closed)
        self._show.more(
            f"{len(told) - len(closed)} of {len(told)} gates open" + (f"; CLOSED: {names}" if names else "")
        )

    def _planAdopted(self, name: str, data: Item) -> None:
        plan = data["plan"]
        forecast = plan["forecast"]
        loss = forecast.get("lossSeconds")
        said = f"up to {loss:.1f} s of changes may be lost" if loss is not None else "the loss is unknown"
        self._show.line(name, f"plan of failover {plan['epoch']}, {len(plan['steps'])} steps; {said}")
        for step in plan["steps"]:
            self._show.more(f"{step['id']}  at most {step['timeoutMilliseconds'] // 1000} s")

    def _stepStarted(self, name: str, data: Item) -> None:
        if data["attempt"] == 1:
            self._show.line(name, f"{data['step']} …")

    def _stepFinished(self, name: str, data: Item) -> None:
        outcome = data["outcome"]
        word = "done" if "succeeded" in outcome else "failed"
        detail = next(iter(outcome.values()))["detail"]
        self._show.line(name, f"{data['step']} {word}: {detail}")

    def _stepUnconfirmed(self, name: str, data: Item) -> None:
        self._show.line(name, f"{data['step']} not confirmed: {data['because']}")

    def _planEnded(self, name: str, data: Item) -> None:
        self._show.line(name, f"failover {data['ending']['outcome']}: {data['ending']['because']}")

    def _fenceOwed(self, name: str, data: Item) -> None:
        fence = data["fence"]
        self._show.line(
            name, f"{fence['identifier']} in {fence['region']} is NOT FENCED yet; the fence is owed"
        )

    def _fenceSettled(self, name: str, data: Item) -> None:
        fence = data["fence"]
        word, detail = next(iter(data["settlement"].items()))
        said = detail.get("detail") or detail.get("because", "")
        self._show.line(name, f"{fence['identifier']} in {fence['region']}: {word}: {said}")
