"""Scales a service to what its Region is: few tasks while it waits, all of them once drctl has left the other
Region. It compares and sets, so that running it once more changes nothing; the clock runs it too, should the
alarm's event be lost. It calls nothing but its own Region."""

import os
from typing import Any

import boto3
from botocore.config import Config

# One attempt after another within the function's time: the clock repeats the whole look anyway.
BOUNDED = Config(connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 3, "mode": "standard"})


def at_least(role: str, other_left: bool, leading: int, waiting: int) -> int:
    """The fewest tasks. Either is reason enough: the stack says that this Region is the primary one, or the
    lever says that drctl has left the other. Between a failover and the change of `activeRegion` only the
    lever does."""
    return leading if role == "primary" or other_left else waiting


def is_left(alarm: str) -> bool:
    """Whether the lever is pulled. An alarm that is gone is an error: nothing is scaled then."""
    found = boto3.client("cloudwatch", config=BOUNDED).describe_alarms(
        AlarmNames=[alarm], AlarmTypes=["MetricAlarm"]
    )["MetricAlarms"]
    if not found:
        raise LookupError(f"there is no alarm {alarm}")
    return bool(found[0]["StateValue"] == "ALARM")


def scale(cluster: str, service: str, fewest: int) -> int:
    """Auto scaling never goes below, and what runs is raised at once: a raised minimum alone waits for the
    next time that a policy fires. What is above it is left to auto scaling. The new count."""
    boto3.client("application-autoscaling", config=BOUNDED).register_scalable_target(
        ServiceNamespace="ecs",
        ResourceId=f"service/{cluster}/{service}",
        ScalableDimension="ecs:service:DesiredCount",
        MinCapacity=fewest,
    )
    ecs = boto3.client("ecs", config=BOUNDED)
    found = ecs.describe_services(cluster=cluster, services=[service])["services"]
    if not found:
        raise LookupError(f"there is no service {service} in {cluster}")
    running = int(found[0]["desiredCount"])
    if running < fewest:
        ecs.update_service(cluster=cluster, service=service, desiredCount=fewest)
    return max(running, fewest)


def handler(event: Any, context: Any) -> dict[str, int]:
    """One look."""
    env = os.environ
    fewest = at_least(
        env["ROLE"], is_left(env["LEVER_ALARM"]), int(env["LEADING_TASKS"]), int(env["WAITING_TASKS"])
    )
    return {"fewest": fewest, "tasks": scale(env["CLUSTER"], env["SERVICE"], fewest)}
