"""The two roles of a service's tasks: what starts them, and what they are themselves."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .container_settings import ContainerSettings

SERVICE = "ecs-tasks.amazonaws.com"


def starting(
    region: RegionContext,
    thing: str,
    settings: ContainerSettings,
    log: aws.cloudwatch.LogGroup,
    parent: pulumi.Resource,
) -> aws.iam.Role:
    """Fetches the one image, from this Region's registry, and writes to the one log."""
    repository = pulumi.Output.format(
        "arn:aws:ecr:{0}:{1}:repository/{2}", region.code, region.account, settings.repository
    )
    pulls = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    statements = [
        iam.Statement("LogIn", ["ecr:GetAuthorizationToken"], ["*"]),
        iam.Statement("FetchImage", pulls, [repository]),
        iam.Statement(
            "WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [log.arn.apply(lambda a: f"{a}:*")]
        ),
    ]
    return iam.role(region, f"{thing}-start", SERVICE, {"start": statements}, parent, source_account=True)


def running(
    region: RegionContext, thing: str, statements: Sequence[iam.Statement], parent: pulumi.Resource
) -> aws.iam.Role:
    """What the tasks may do."""
    policies = {"do": statements} if statements else {}
    return iam.role(region, thing, SERVICE, policies, parent, source_account=True)
