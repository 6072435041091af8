"""`kill -9` after each record of the journal in turn: the end is the same, and nothing is done twice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from conftest import FAILED
from staging.house import House
from staging.records import events
from staging.stage import Stage
from staging.waiting import wait_until

# Records that one service writes in a failover of one workload, with some to spare; a point beyond the end is
# recognised, and is a run without a crash.
POINTS = 48
# How many run at once in one lab: all of them lose the same Region at the same moment.
BATCH = 6
# Every point with DRCTL_EVERY_CRASH_POINT=1. Otherwise every second one, so that the suite ends in minutes.
STRIDE = 1 if os.environ.get("DRCTL_EVERY_CRASH_POINT") else 2
# Services that die again and again. With fewer records than these no window of agreement and the first steps
# fit into one life: a controller that never lives for that long decides nothing.
RELENTLESS = [14, 17, 21, 26]


def batches() -> Iterator[list[int]]:
    points = list(range(2, POINTS + 1, STRIDE))
    for first in range(0, len(points), BATCH):
        yield points[first : first + BATCH]


class Run:
    """One workload whose drctl dies after its `point`-th record, once or each time."""

    def __init__(self, stage: Stage, kind: str, point: int, relentless: bool) -> None:
        self.stage, self.point, self.relentless = stage, point, relentless
        self.name = stage.orders() if kind == "orders" else stage.payments(kind)
        # Several at once on a small machine: a round must not outlast its interval.
        stage.config["controller"]["poll_interval"] = "2s"
        stage.config["defaults"]["policy"]["confirmation_window"] = "4s"
        stage.config["defaults"]["policy"]["freshness"] = "6s"
        stage.config["defaults"]["policy"]["cooldown"] = "1h"
        self.deaths = 0

    def start(self) -> None:
        self.stage.configure()
        self.stage.drctl.serve(crash_after=0 if self.relentless else self.point)

    def arm(self) -> None:
        """A relentless death begins with the outage: before it there is nothing to interrupt."""
        if self.relentless:
            self.stage.drctl.kill()
            self.stage.drctl.serve(crash_after=self.point)

    def revive(self) -> None:
        code = self.stage.drctl.exit_code
        if code is None:
            return
        assert code == -9, f"ended by itself, not by the crash point: {code}\n{self.stage.drctl.tail()}"
        self.deaths += 1
        assert self.deaths < 60, "it makes no progress between its deaths"
        self.stage.drctl.serve(crash_after=self.point if self.relentless else 0)

    @property
    def done(self) -> bool:
        """A crash point of the last records may still be ahead: then nothing is left to do but to die."""
        self.revive()
        return self.stage.view(self.name).get("phase") == "failed-over"

    def check(self) -> None:
        stage, name = self.stage, self.name
        if not stage.drctl.running:
            stage.drctl.serve()
        stage.until_phase(name, "failed-over")
        said = f"{name}, killed after record {self.point}, {self.deaths} times"
        promoting = stage.promoting_calls()
        assert len(promoting) == 1, f"{said}: {[call['operation'] for call in promoting]}"
        standby = stage.side(name, "standby")
        assert (standby["promotions"], standby["role"]) == (1, "writer"), said
        assert stage.leads_to(name) == "standby", said
        endings = [data["ending"]["outcome"] for _, _, data in events(stage.history(), "planEnded")]
        # A death before the point of no return may cost a plan and a new window of agreement, never more.
        assert (endings[-1], set(endings[:-1]) <= {"abandoned"}) == ("completed", True), f"{said}: {endings}"
        assert stage.leaks() == [], said


@pytest.fixture
def runs(house: House, stage: Stage, request: pytest.FixtureRequest) -> Iterator[object]:
    """Makes runs that end with the test; `stage` has put the lab in order."""
    with ExitStack() as stack:
        stages: list[Stage] = []

        def make(kind: str, points: list[int], relentless: bool) -> list[Run]:
            stages.extend(stack.enter_context(Stage(house)) for _ in points)
            return [Run(one, kind, point, relentless) for one, point in zip(stages, points, strict=True)]

        yield make
        for one in stages:
            one.keep_files = request.node.stash.get(FAILED, False)


def perform(runs: list[Run], lost_reply_of: str = "") -> None:
    for run in runs:
        run.start()
    for run in runs:
        wait_until(lambda run=run: run.done or run.stage.view(run.name), f"{run.name} is served")
    for run in runs:
        run.revive()
        run.stage.until_healthy()
    if lost_reply_of:
        runs[0].stage.lab.fault("lost_reply", operation=lost_reply_of, count=len(runs))
    runs[0].stage.outage(runs[0].name)
    for run in runs:
        run.arm()

    wait_until(
        # A list, not a generator: each of the dead is to be revived at every glance.
        lambda: all([run.done for run in runs]),
        "every one has failed over",
        120,
        lambda: "\n\n".join(run.stage.account(run.name) for run in runs if not run.done),
    )
    for run in runs:
        run.check()


@pytest.mark.parametrize("points", list(batches()), ids=lambda points: f"{points[0]}-{points[-1]}")
@pytest.mark.parametrize("kind", ["orders", "detach"])
def test_a_crash_after_any_record_changes_nothing_about_the_end(runs, kind: str, points: list[int]) -> None:
    """X1: killed after each durable record in turn."""
    batch = runs(kind, points, relentless=False)
    perform(batch)
    if points[-1] >= POINTS - 1:
        assert any(run.deaths == 0 for run in batch), "the points reach beyond the last record"


@pytest.mark.parametrize("kind", ["orders", "detach", "managed-failover"])
def test_crash_after_crash_still_gets_there(runs, kind: str) -> None:
    perform(runs(kind, RELENTLESS, relentless=True))


@pytest.mark.parametrize(
    ("kind", "operation"), [("orders", "PromoteReadReplica"), ("detach", "RemoveFromGlobalCluster")]
)
def test_a_lost_reply_and_a_crash_together_still_promote_once(runs, kind: str, operation: str) -> None:
    perform(runs(kind, [14, 16, 18, 20, 22], relentless=False), lost_reply_of=operation)
