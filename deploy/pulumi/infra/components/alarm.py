"""One alarm on a metric, as all of them are here: so many samples in a row, told when it begins and when it
ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypedDict

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext

ABOVE, BELOW = "GreaterThanThreshold", "LessThanThreshold"
AT_LEAST = "GreaterThanOrEqualToThreshold"
# What Metrics Insights calls a statistic.
AGGREGATES = {"Average": "AVG", "Maximum": "MAX", "Minimum": "MIN"}


class Metric(TypedDict, total=False):
    """In the SDK's words: one series, or a query."""

    namespace: str
    metric_name: str
    dimensions: Mapping[str, pulumi.Input[str]]
    statistic: str
    period: int
    metric_queries: list[aws.cloudwatch.MetricAlarmMetricQueryArgsDict]


@dataclass(frozen=True)
class Limit:
    """What is too much, or too little: `samples` of `period` seconds in a row. `missing` is what no sample
    means: "breaching" where silence is itself bad news."""

    thing: str
    namespace: str
    metric: str
    statistic: str
    comparison: str
    value: float
    samples: int
    why: str
    missing: str = "notBreaching"
    period: int = 60


def alarm(
    parent: pulumi.Resource,
    region: RegionContext,
    limit: Limit,
    dimensions: Mapping[str, pulumi.Input[str]],
    topic: pulumi.Input[str] | None,
    **tags: str,
) -> aws.cloudwatch.MetricAlarm:
    """Tells `topic`; without one, somebody else looks at it."""
    metric: Metric = {
        "namespace": limit.namespace,
        "metric_name": limit.metric,
        "dimensions": dimensions,
        "statistic": limit.statistic,
        "period": limit.period,
    }
    return _alarm(parent, region, limit, metric, topic, tags)


def alarm_on_query(
    parent: pulumi.Resource,
    region: RegionContext,
    limit: Limit,
    where: pulumi.Input[str],
    topic: pulumi.Input[str] | None,
) -> aws.cloudwatch.MetricAlarm:
    """On every series of the metric whose dimensions fulfil `where`, whatever other dimensions it has: a
    query of Metrics Insights."""
    of = f'SELECT {AGGREGATES[limit.statistic]}({limit.metric}) FROM "{limit.namespace}" WHERE '
    query: Metric = {
        "metric_queries": [
            {
                "id": "found",
                "label": limit.metric,
                "expression": pulumi.Output.concat(of, where),
                "period": limit.period,
                "return_data": True,
            }
        ]
    }
    return _alarm(parent, region, limit, query, topic, {})


def _alarm(
    parent: pulumi.Resource,
    region: RegionContext,
    limit: Limit,
    metric: Metric,
    topic: pulumi.Input[str] | None,
    tags: Mapping[str, str],
) -> aws.cloudwatch.MetricAlarm:
    name = region.name(limit.thing)
    told = [topic] if topic is not None else None
    return aws.cloudwatch.MetricAlarm(
        name,
        name=name,
        alarm_description=limit.why,
        **metric,
        evaluation_periods=limit.samples,
        datapoints_to_alarm=limit.samples,
        threshold=limit.value,
        comparison_operator=limit.comparison,
        treat_missing_data=limit.missing,
        alarm_actions=told,
        ok_actions=told,
        tags=region.tags(**tags),
        opts=region.options(parent),
    )
