"""Makes services on ECS, whose number of tasks a failover raises. Nothing runs in them, and what is in front
of them is not made."""

import json

from .making import Cloud, Item, Maker


def cluster(cloud: Cloud, region: str, inputs: Item) -> Item:
    made = cloud.client("ecs", region).create_cluster(clusterName=inputs["name"])["cluster"]
    return {"id": made["clusterArn"], "arn": made["clusterArn"]}


def task_definition(cloud: Cloud, region: str, inputs: Item) -> Item:
    made = cloud.client("ecs", region).register_task_definition(
        family=inputs["family"],
        networkMode=inputs["networkMode"],
        requiresCompatibilities=inputs["requiresCompatibilities"],
        cpu=inputs["cpu"],
        memory=inputs["memory"],
        containerDefinitions=json.loads(inputs["containerDefinitions"]),
    )["taskDefinition"]
    return {"id": made["family"], "arn": made["taskDefinitionArn"]}


def service(cloud: Cloud, region: str, inputs: Item) -> Item:
    made = cloud.client("ecs", region).create_service(
        cluster=inputs["cluster"],
        serviceName=inputs["name"],
        taskDefinition=inputs["taskDefinition"],
        desiredCount=int(inputs["desiredCount"]),
    )["service"]
    return {"id": made["serviceArn"]}


CONTAINERS: dict[str, Maker] = {
    "aws:ecs/cluster:Cluster": cluster,
    "aws:ecs/taskDefinition:TaskDefinition": task_definition,
    "aws:ecs/service:Service": service,
}
