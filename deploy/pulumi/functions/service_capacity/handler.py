"""Scales a service to what its Region is: few tasks while it waits, all of them once drctl leaves the other
Region. It compares and sets, so that running it once more changes nothing; the clock runs it too, should an
event be lost. It calls nothing but its own Region."""

import os
from typing import Any

import boto3
from botocore.config import Config

# One attempt after another within the function's time: the clock repeats the whole look anyway.
BOUNDED = Config(connect_timeout=3, read_timeout=5, retries={"total_max_attempts": 3, "mode": "standard"})


# What a replica is while it becomes a writer, which takes minutes: its engine restarts. A change of its
# settings looks the same, and costs a few minutes of some tasks.
BECOMING = ("modifying", "rebooting")


def leads(role: str, alarm: str, database: str) -> bool:
    """Whether this Region serves, or is about to. Each is reason enough: the stack says that it is the
    primary one; the lever says that drctl has left the other; its database becomes a writer, or is one. That
    comes first in a failover, so that the tasks are there when the clients' name moves. Between a failover
    and the change of `activeRegion` the stack does not know."""
    return role == "primary" or is_left(alarm) or is_promoted(database)


def is_promoted(database: str) -> bool:
    """Whether it replicates nothing any more, or is in the midst of a promotion."""
    found = boto3.client("rds", config=BOUNDED).describe_db_instances(DBInstanceIdentifier=database)
    (instance,) = found["DBInstances"]
    replicates = bool(instance.get("ReadReplicaSourceDBInstanceIdentifier"))
    return not replicates or instance["DBInstanceStatus"] in BECOMING


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
    serves = leads(env["ROLE"], env["LEVER_ALARM"], env["DATABASE"])
    fewest = int(env["LEADING_TASKS" if serves else "WAITING_TASKS"])
    return {"fewest": fewest, "tasks": scale(env["CLUSTER"], env["SERVICE"], fewest)}
