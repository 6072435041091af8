"""Simple metric alarms: kept, evaluated, described. Those on expressions and on alarms: kept and described."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..call import Call
from ..catalogue import ACCOUNT
from ..errors import AWSError
from . import metrics

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]
# CloudWatch looks at a few more periods than it must evaluate, so that a late sample is not a missing one.
SPARE_PERIODS = 2
KINDS = ("MetricAlarm", "CompositeAlarm")
COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "GreaterThanOrEqualToThreshold": lambda value, threshold: value >= threshold,
    "GreaterThanThreshold": lambda value, threshold: value > threshold,
    "LessThanThreshold": lambda value, threshold: value < threshold,
    "LessThanOrEqualToThreshold": lambda value, threshold: value <= threshold,
}


@dataclass
class Alarm:
    region: str
    spec: Item
    state: str = "INSUFFICIENT_DATA"
    reason: str = "Unchecked: Initial alarm creation"
    updated: float = 0.0
    transitioned: float = 0.0
    forced: bool = False  # by SetAlarmState; the next evaluation takes over again

    @property
    def type(self) -> str:
        return "CompositeAlarm" if "AlarmRule" in self.spec else "MetricAlarm"

    @property
    def evaluated(self) -> bool:
        """Neither expressions nor rules are: such an alarm stays as it began."""
        return "MetricName" in self.spec


def put(world: World, call: Call, params: Item) -> Item:
    if bool(params.get("MetricName")) == bool(params.get("Metrics")):
        raise AWSError("ValidationError", "an alarm is either on a metric or on expressions")
    if params.get("ComparisonOperator") not in COMPARISONS:
        raise AWSError("ValidationError", "the lab knows no such ComparisonOperator")
    return keep(world, call, params)


def put_composite(world: World, call: Call, params: Item) -> Item:
    if not params.get("AlarmRule"):
        raise AWSError("ValidationError", "AlarmRule is required")
    return keep(world, call, params)


def keep(world: World, call: Call, params: Item) -> Item:
    key = (call.region, params["AlarmName"])
    before = world.alarms.get(key)
    alarm = Alarm(call.region, dict(params), updated=world.wall(), transitioned=world.wall())
    if before is not None:
        alarm.state, alarm.reason = before.state, before.reason
    world.alarms[key] = alarm
    call.effect = True
    return {}


def delete(world: World, call: Call, params: Item) -> Item:
    for name in params.get("AlarmNames", []):
        if world.alarms.pop((call.region, name), None) is None:
            raise AWSError("ResourceNotFound", f"Alarm {name} does not exist", 404)
    call.effect = True
    return {}


def set_state(world: World, call: Call, params: Item) -> Item:
    alarm = world.alarms.get((call.region, params["AlarmName"]))
    if alarm is None:
        raise AWSError("ResourceNotFound", f"Alarm {params['AlarmName']} does not exist", 404)
    if not alarm.evaluated:
        raise AWSError("ValidationError", "the lab sets the state of simple metric alarms only")
    change(world, alarm, params["StateValue"], params.get("StateReason", ""))
    alarm.forced = True
    call.effect = True
    return {}


def describe(world: World, call: Call, params: Item) -> Item:
    rows: list[tuple[str, Item]] = []
    types = params.get("AlarmTypes") or ["MetricAlarm"]
    for (region, name), alarm in sorted(world.alarms.items()):
        wanted = params.get("AlarmNames")
        if region != call.region or (wanted and name not in wanted) or alarm.type not in types:
            continue
        if not name.startswith(params.get("AlarmNamePrefix", "")):
            continue
        if params.get("StateValue", alarm.state) == alarm.state:
            rows.append((alarm.type, view(alarm, name)))
    size, start = int(params.get("MaxRecords", 100)), int(params.get("NextToken") or 0)
    page = rows[start : start + size]
    answer: Item = {f"{kind}s": [row for type, row in page if type == kind] for kind in KINDS}
    if len(rows) > start + size:
        answer["NextToken"] = str(start + size)
    return answer


def view(alarm: Alarm, name: str) -> Item:
    return {
        "ActionsEnabled": True,
        "OKActions": [],
        "AlarmActions": [],
        "InsufficientDataActions": [],
        **({} if alarm.type == "CompositeAlarm" else {"Dimensions": []}),
        **{k: v for k, v in alarm.spec.items() if k != "Tags"},
        "AlarmArn": f"arn:aws:cloudwatch:{alarm.region}:{ACCOUNT}:alarm:{name}",
        "StateValue": alarm.state,
        "StateReason": alarm.reason,
        "StateUpdatedTimestamp": metrics.moment(alarm.updated),
        "StateTransitionedTimestamp": metrics.moment(alarm.transitioned),
        "StateReasonData": json.dumps({"version": "1.0"}),
    }


def evaluate_all(world: World) -> None:
    for alarm in world.alarms.values():
        if not alarm.evaluated:
            continue
        if alarm.forced:
            alarm.forced = False
            continue
        state, reason = evaluate(world, alarm.region, alarm.spec, alarm.state)
        if state != alarm.state:
            change(world, alarm, state, reason)


def change(world: World, alarm: Alarm, state: str, reason: str) -> None:
    old = alarm.state
    if old != state:
        alarm.transitioned = world.wall()
    alarm.state, alarm.reason, alarm.updated = state, reason, world.wall()
    if old != state:
        world.alarm_changed(alarm, old)


def evaluate(world: World, region: str, spec: Item, state: str) -> tuple[str, str]:
    """The state and why; missing data are treated as the alarm says (default: INSUFFICIENT_DATA)."""
    values = recent_values(world, region, spec)
    missing = spec.get("TreatMissingData", "missing")
    if not values:
        if missing == "breaching":
            return "ALARM", "no datapoints were received and missing ones count as breaching"
        if missing == "notBreaching":
            return "OK", "no datapoints were received and missing ones count as not breaching"
        if missing == "ignore":
            return state, "no datapoints were received; the state is maintained"
        return "INSUFFICIENT_DATA", "Insufficient Data: no datapoints were received"
    breach = COMPARISONS[spec["ComparisonOperator"]]
    bad = sum(1 for value in values if breach(value, float(spec["Threshold"])))
    needed = int(spec.get("DatapointsToAlarm") or spec.get("EvaluationPeriods", 1))
    if bad >= needed:
        return "ALARM", f"Threshold Crossed: {bad} datapoints {values} ({spec['ComparisonOperator']})"
    return "OK", f"Threshold not crossed: {len(values)} datapoints {values}"


def recent_values(world: World, region: str, spec: Item) -> list[float]:
    """The newest values, at most as many as the alarm evaluates."""
    periods = int(spec.get("EvaluationPeriods", 1))
    period = float(spec.get("Period", 60))
    length = metrics.lab_period(world, period)
    now = world.wall()
    start = (now // length - periods - SPARE_PERIODS + 1) * length
    key = metrics.series_of(region, spec["Namespace"], spec["MetricName"], spec.get("Dimensions", []))
    stat = spec.get("Statistic") or spec.get("ExtendedStatistic") or "Average"
    return [value for _, value in metrics.points(world, key, start, now + length, period, stat)][-periods:]
