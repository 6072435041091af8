"""Alarms of order processing: orders that wait, tasks that are missing, a cache that is full."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext
from .order_processing import OrderProcessing


@dataclass(frozen=True)
class _Limit:
    """Fires after `minutes` of 60 s samples in a row."""

    thing: str
    namespace: str
    metric: str
    dimensions: dict[str, pulumi.Input[str]]
    statistic: str
    comparison: str
    value: float
    minutes: int
    why: str
    missing: str = "notBreaching"


class ProcessingAlarms(pulumi.ComponentResource):
    """Each tells its Region's topic when it begins and when it ends."""

    def __init__(self, region: RegionContext, processing: OrderProcessing, topic: pulumi.Input[str]) -> None:
        super().__init__("drctl:infra:ProcessingAlarms", region.name("processing-alarms"), None)
        for limit in _limits(region, processing):
            name = region.name(limit.thing)
            aws.cloudwatch.MetricAlarm(
                name,
                name=name,
                alarm_description=limit.why,
                namespace=limit.namespace,
                metric_name=limit.metric,
                dimensions=limit.dimensions,
                statistic=limit.statistic,
                period=60,
                evaluation_periods=limit.minutes,
                datapoints_to_alarm=limit.minutes,
                threshold=limit.value,
                comparison_operator=limit.comparison,
                treat_missing_data=limit.missing,
                alarm_actions=[topic],
                ok_actions=[topic],
                tags=region.tags(),
                opts=region.options(self),
            )
        self.register_outputs({})


def _limits(region: RegionContext, processing: OrderProcessing) -> list[_Limit]:
    above, below = "GreaterThanThreshold", "LessThanThreshold"
    service = processing.service
    tasks: dict[str, pulumi.Input[str]] = {"ClusterName": service.name, "ServiceName": service.name}
    # The group's first node: with one node it is the only one, with more the others follow it.
    node: dict[str, pulumi.Input[str]] = {"CacheClusterId": f"{processing.cache.identifier}-001"}
    fewest = service.settings.leading if region.is_active else service.settings.waiting
    limits = [
        _Limit(
            "orders-wait",
            "AWS/Kinesis",
            "GetRecords.IteratorAgeMilliseconds",
            {"StreamName": processing.stream.name},
            "Maximum",
            above,
            60_000,
            3,
            "an order waits for more than a minute",
        ),
        _Limit(
            "cache-memory",
            "AWS/ElastiCache",
            "DatabaseMemoryUsagePercentage",
            node,
            "Maximum",
            above,
            85,
            5,
            "the cache is nearly full",
        ),
        _Limit(
            "cache-cpu",
            "AWS/ElastiCache",
            "EngineCPUUtilization",
            node,
            "Average",
            above,
            80,
            10,
            "the cache's one thread is busy",
        ),
    ]
    if fewest:
        limits.append(
            _Limit(
                "tasks-missing",
                "ECS/ContainerInsights",
                "RunningTaskCount",
                tasks,
                "Maximum",
                below,
                fewest,
                5,
                "fewer tasks run than should",
                "breaching",
            )
        )
    return limits
