"""Alarms for each line of machines: silent, too hot, shaking too much, unlike itself, or heard late."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pulumi

from ..reader import Reader
from ..regions import RegionContext
from .alarm import ABOVE, BELOW, Limit, alarm
from .stream_processing import NAMESPACE


@dataclass(frozen=True)
class LineSettings:
    """`lines` by the names that they have in the machines' topics; limits in °C and in mm/s."""

    lines: tuple[str, ...]
    hottest: int
    shakiest: int

    @classmethod
    def read(cls, reader: Reader) -> "LineSettings":
        """The keys of a stack with machines."""
        lines = reader.texts("lines", r"[a-z][a-z0-9-]{0,15}", "names such as press or paint-2")
        if not lines:
            reader.refuse("lines", "is missing: the lines of machines, comma-separated, such as press,paint")
        if len(set(lines)) != len(lines):
            reader.refuse("lines", "names a line twice")
        return cls(
            lines=lines,
            hottest=reader.number("hottest", 1, 2000, 90),
            # ISO 20816 calls 7.1 mm/s the limit for large machines on rigid ground; beyond it damage begins.
            shakiest=reader.number("shakiest", 1, 500, 7),
        )


class LineAlarms(pulumi.ComponentResource):
    """In both Regions; machines talk to one of them, so that silence is alarming in the active one alone."""

    def __init__(self, region: RegionContext, settings: LineSettings, topic: pulumi.Input[str]) -> None:
        super().__init__("drctl:infra:LineAlarms", region.name("lines"), None)
        for line in settings.lines:
            for limit in _limits(region, settings, line):
                alarm(self, region, limit, {"Line": line}, topic, Line=line)
        self.register_outputs({})


def _limits(region: RegionContext, settings: LineSettings, line: str) -> Sequence[Limit]:
    hottest, shakiest = settings.hottest, settings.shakiest

    def limit(
        thing: str, metric: str, statistic: str, comparison: str, value: float, minutes: int, why: str
    ) -> Limit:
        name, said = f"{line}-{thing}", f"line {line}: {why}"
        return Limit(name, NAMESPACE, metric, statistic, comparison, value, minutes, said)

    silent = limit("silent", "Readings", "Sum", BELOW, 1, 3, "no reading for 3 minutes")
    return [
        replace(silent, missing="breaching" if region.is_active else "notBreaching"),
        limit("hot", "Temperature", "Maximum", ABOVE, hottest, 2, f"over {hottest} °C"),
        limit("shaking", "Vibration", "Maximum", ABOVE, shakiest, 2, f"over {shakiest} mm/s"),
        # One may be a sensor's hiccup.
        limit("unusual", "Unusual", "Sum", ABOVE, 2, 3, "readings far from what is usual for their machine"),
        limit("late", "Delay", "Maximum", ABOVE, 10_000, 3, "readings take more than 10 s to be processed"),
    ]
