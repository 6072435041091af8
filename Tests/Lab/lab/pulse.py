"""The heartbeat of the simulated world: what happens by itself as time goes on."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from typing import TYPE_CHECKING

from .cloudwatch import alarms
from .route53 import checks
from .samples import write_samples

if TYPE_CHECKING:
    from .world import World

TICK_SECONDS = 0.05


class Pulse:
    def __init__(self, world: World) -> None:
        self._world = world
        self._minute = -1
        self._checked = -1.0
        self._end = threading.Event()
        threading.Thread(target=self._beat, daemon=True, name="pulse").start()

    def stop(self) -> None:
        self._end.set()

    def _beat(self) -> None:
        while not self._end.wait(TICK_SECONDS):
            try:
                self.tick()
            except Exception:  # a world that stops silently would look like a bug in the tested program
                traceback.print_exc(file=sys.stderr)

    def tick(self) -> None:
        world = self._world
        with world.lock:
            world.settle()
            if world.now - self._checked >= world.settings.health_check_interval_seconds:
                self._checked = world.now
                checks.evaluate_all(world)
                alarms.evaluate_all(world)
            minute = int(time.time() // world.settings.metric_period_seconds)
            if minute != self._minute:
                self._minute = minute
                write_samples(world)
