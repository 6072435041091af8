"""Alarms for each line of machines: silent, too hot, shaking too much, unlike itself, or heard late."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..reader import Reader
from ..regions import RegionContext
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


@dataclass(frozen=True)
class _Limit:
    """Fires after `minutes` of 60 s samples in a row."""

    thing: str
    metric: str
    statistic: str
    comparison: str
    value: float
    minutes: int
    why: str
    missing: str = "notBreaching"


class LineAlarms(pulumi.ComponentResource):
    """In both Regions; machines talk to one of them, so that silence is alarming in the active one alone."""

    def __init__(self, region: RegionContext, settings: LineSettings, topic: pulumi.Input[str]) -> None:
        super().__init__("drctl:infra:LineAlarms", region.name("lines"), None)
        for line in settings.lines:
            for limit in _limits(region, settings):
                self._alarm(region, line, limit, topic)
        self.register_outputs({})

    def _alarm(self, region: RegionContext, line: str, limit: _Limit, topic: pulumi.Input[str]) -> None:
        name = region.name(f"{line}-{limit.thing}")
        aws.cloudwatch.MetricAlarm(
            name,
            name=name,
            alarm_description=f"line {line}: {limit.why}",
            namespace=NAMESPACE,
            metric_name=limit.metric,
            dimensions={"Line": line},
            statistic=limit.statistic,
            period=60,
            evaluation_periods=limit.minutes,
            datapoints_to_alarm=limit.minutes,
            threshold=limit.value,
            comparison_operator=limit.comparison,
            treat_missing_data=limit.missing,
            alarm_actions=[topic],
            ok_actions=[topic],
            tags=region.tags(Line=line),
            opts=region.options(self),
        )


def _limits(region: RegionContext, settings: LineSettings) -> Sequence[_Limit]:
    above, below = "GreaterThanThreshold", "LessThanThreshold"
    hottest, shakiest = settings.hottest, settings.shakiest
    silence = "breaching" if region.is_active else "notBreaching"
    return [
        _Limit("silent", "Readings", "Sum", below, 1, 3, "no reading for 3 minutes", silence),
        _Limit("hot", "Temperature", "Maximum", above, hottest, 2, f"over {hottest} °C"),
        _Limit("shaking", "Vibration", "Maximum", above, shakiest, 2, f"over {shakiest} mm/s"),
        # One may be a sensor's hiccup.
        _Limit("unusual", "Unusual", "Sum", above, 2, 3, "readings far from what is usual for their machine"),
        _Limit("late", "Delay", "Maximum", above, 10_000, 3, "readings take more than 10 s to be processed"),
    ]
