"""Alarms of order processing: orders that wait, tasks that are missing, a cache that is full."""

from collections.abc import Mapping

import pulumi

from ..regions import RegionContext
from .alarm import ABOVE, BELOW, Limit, alarm
from .order_processing import OrderProcessing

STREAM, CACHE, TASKS = "AWS/Kinesis", "AWS/ElastiCache", "ECS/ContainerInsights"
LIMITS = [
    Limit(
        "orders-wait",
        STREAM,
        "GetRecords.IteratorAgeMilliseconds",
        "Maximum",
        ABOVE,
        60_000,
        3,
        "an order waits for more than a minute",
    ),
    Limit(
        "cache-memory",
        CACHE,
        "DatabaseMemoryUsagePercentage",
        "Maximum",
        ABOVE,
        85,
        5,
        "the cache is nearly full",
    ),
    Limit(
        "cache-cpu", CACHE, "EngineCPUUtilization", "Average", ABOVE, 80, 10, "the cache's one thread is busy"
    ),
]


class ProcessingAlarms(pulumi.ComponentResource):
    """Each tells its Region's topic when it begins and when it ends."""

    def __init__(self, region: RegionContext, processing: OrderProcessing, topic: pulumi.Input[str]) -> None:
        super().__init__("drctl:infra:ProcessingAlarms", region.name("processing-alarms"), None)
        of = _dimensions(processing)
        for limit in [*LIMITS, *_missing(region, processing)]:
            alarm(self, region, limit, of[limit.namespace], topic)
        self.register_outputs({})


def _dimensions(processing: OrderProcessing) -> Mapping[str, Mapping[str, pulumi.Input[str]]]:
    service = processing.service.name
    return {
        STREAM: {"StreamName": processing.stream.name},
        # The group's first node: with one node it is the only one, with more the others follow it.
        CACHE: {"CacheClusterId": f"{processing.cache.identifier}-001"},
        TASKS: {"ClusterName": service, "ServiceName": service},
    }


def _missing(region: RegionContext, processing: OrderProcessing) -> list[Limit]:
    """Fewer tasks than should run, where any should."""
    settings = processing.service.settings
    fewest = settings.leading if region.is_active else settings.waiting
    why = "fewer tasks run than should"
    missing = Limit(
        "tasks-missing", TASKS, "RunningTaskCount", "Maximum", BELOW, fewest, 5, why, missing="breaching"
    )
    return [missing] if fewest else []
