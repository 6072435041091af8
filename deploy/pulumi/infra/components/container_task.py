"""What a service runs: one container, its log, its roles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .container_roles import running, starting
from .container_settings import ContainerSettings
from .keys import Key
from .log import log_group


@dataclass(frozen=True)
class Container:
    """`port` is where it listens, if it does."""

    thing: str
    settings: ContainerSettings
    environment: Mapping[str, pulumi.Input[str]]
    port: int | None
    log: aws.cloudwatch.LogGroup

    def definition(self, region: RegionContext) -> dict[str, Any]:
        """As ECS has it. What a task must write goes to the database or the log: its disk is read-only."""
        return {
            "name": self.thing,
            "image": self.settings.uri(region),
            "essential": True,
            "readonlyRootFilesystem": True,
            "environment": [{"name": k, "value": v} for k, v in sorted(self.environment.items())],
            "portMappings": [{"containerPort": self.port, "protocol": "tcp"}] if self.port else [],
            "logConfiguration": {
                "logDriver": "awslogs",
                "options": {
                    "awslogs-group": self.log.name,
                    "awslogs-region": region.code,
                    "awslogs-stream-prefix": self.thing,
                },
            },
        }


def task_log(region: RegionContext, thing: str, key: Key, parent: pulumi.Resource) -> aws.cloudwatch.LogGroup:
    """Kept for 30 days, encrypted with the Region's key."""
    return log_group(parent, region, thing, "/ecs", key)


def task_definition(
    region: RegionContext, container: Container, may: Sequence[iam.Statement], parent: pulumi.Resource
) -> aws.ecs.TaskDefinition:
    """`may` is what the tasks themselves are allowed."""
    settings, thing = container.settings, container.thing
    platform = {"operating_system_family": "LINUX", "cpu_architecture": settings.architecture}
    return aws.ecs.TaskDefinition(
        region.name(thing),
        family=region.name(thing),
        requires_compatibilities=["FARGATE"],
        network_mode="awsvpc",
        cpu=str(settings.cpu),
        memory=str(settings.memory),
        runtime_platform=aws.ecs.TaskDefinitionRuntimePlatformArgs(**platform),
        execution_role_arn=starting(region, thing, settings, container.log, parent).arn,
        task_role_arn=running(region, thing, may, parent).arn,
        container_definitions=pulumi.Output.json_dumps([container.definition(region)]),
        tags=region.tags(),
        opts=region.options(parent),
    )
