"""PutMetricData, ListMetrics, and reading a series."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from ..call import Call
from ..errors import AWSError
from . import store
from .store import Sample, Series

if TYPE_CHECKING:
    from ..world import World

Item = dict[str, Any]


def put(world: World, call: Call, params: Item) -> Item:
    namespace = params.get("Namespace", "")
    if not namespace or namespace.startswith("AWS/"):
        raise AWSError("InvalidParameterValue", "The value for the parameter Namespace is invalid.")
    for datum in params.get("MetricData", []):
        moment = seconds(datum.get("Timestamp")) or world.wall()
        key = series_of(call.region, namespace, datum["MetricName"], datum.get("Dimensions", []))
        for sample in samples_of(moment, datum):
            world.metrics.put(key, sample)
    call.effect = True
    return {}


def samples_of(moment: float, datum: Item) -> list[Sample]:
    if "StatisticValues" in datum:
        values = datum["StatisticValues"]
        return [Sample(moment, values["Sum"], values["SampleCount"], values["Minimum"], values["Maximum"])]
    if datum.get("Values"):
        counts = datum.get("Counts") or [1.0] * len(datum["Values"])
        return [Sample(moment, v * c, c, v, v) for v, c in zip(datum["Values"], counts, strict=True)]
    if "Value" not in datum:
        raise AWSError("MissingParameter", "The parameter MetricData.member.1.Value is required.")
    return [store.single(moment, float(datum["Value"]))]


def points(
    world: World, key: Series, start: float, end: float, period: float, stat: str
) -> list[tuple[float, float]]:
    if hidden(world, key):
        return []
    if key.namespace.startswith("AWS/"):
        end = min(end, world.wall() - world.settings.metric_delay_seconds)
    return store.buckets(world.metrics.between(key, start, end), lab_period(world, period), stat)


def lab_period(world: World, period: float) -> float:
    """How long a Period of a request lasts here: a minute is `metric_period_seconds` long."""
    return period * world.settings.metric_period_seconds / 60 if world.settings.scale_periods else period


def hidden(world: World, key: Series) -> bool:
    for fault in world.faults.active("metrics_missing"):
        wanted = fault.spec
        values = {value for _, value in key.dimensions}
        if (
            wanted.get("namespace", key.namespace) == key.namespace
            and wanted.get("metric", key.metric) == key.metric
            and wanted.get("region", key.region) == key.region
            and ("identifier" not in wanted or wanted["identifier"] in values)
        ):
            return True
    return False


def list_metrics(world: World, call: Call, params: Item) -> Item:
    rows = []
    for key in world.metrics.keys(call.region):
        wanted = {(d["Name"], d.get("Value")) for d in params.get("Dimensions", [])}
        names = {(name, None) for name, _ in key.dimensions} | set(key.dimensions)
        if (
            params.get("Namespace", key.namespace) == key.namespace
            and params.get("MetricName", key.metric) == key.metric
            and wanted <= names
        ):
            rows.append(
                {
                    "Namespace": key.namespace,
                    "MetricName": key.metric,
                    "Dimensions": [{"Name": n, "Value": v} for n, v in key.dimensions],
                }
            )
    return {"Metrics": rows}


def series_of(region: str, namespace: str, metric: str, dimensions: list[Item]) -> Series:
    return store.series(region, namespace, metric, ((d["Name"], d["Value"]) for d in dimensions))


def seconds(value: Any) -> float | None:
    if isinstance(value, datetime.datetime):
        return (value if value.tzinfo else value.replace(tzinfo=datetime.UTC)).timestamp()
    return float(value) if value is not None else None


def moment(time: float) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(time, datetime.UTC)
