"""A standby service grows by itself when drctl leaves the other Region: two steps of its plan are the events,
the promotion of this Region's database, which comes first and takes minutes, and the lever. Only services of
the surviving Region are needed for it."""

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .container_service import ContainerService
from .failover_dns import lever_alarm
from .function import Function
from .keys import Key


class StandbyCapacity(pulumi.ComponentResource):
    """In both Regions: each may be the standby one. The clock looks too, so that an event that was lost costs
    minutes, and so that a change of `activeRegion` takes effect."""

    def __init__(
        self, service: ContainerService, other: RegionContext, database: aws.rds.Instance, key: Key
    ) -> None:
        region = service.region
        super().__init__("drctl:infra:StandbyCapacity", region.name("capacity"), None)
        name = lever_alarm(other, region)
        alarm = pulumi.Output.format(
            "arn:aws:cloudwatch:{0}:{1}:alarm:{2}", region.code, region.account, name
        )
        # DescribeAlarms is a list, and IAM judges lists by this, whatever names they ask for.
        alarms = pulumi.Output.format("arn:aws:cloudwatch:{0}:{1}:alarm:*", region.code, region.account)
        targets = pulumi.Output.format(
            "arn:aws:application-autoscaling:{0}:{1}:scalable-target/*", region.code, region.account
        )
        function = Function(
            region,
            "service_capacity",
            environment={
                "ROLE": region.role,
                "LEVER_ALARM": name,
                "DATABASE": database.identifier,
                "CLUSTER": service.name,
                "SERVICE": service.name,
                "LEADING_TASKS": str(service.settings.leading),
                "WAITING_TASKS": str(service.settings.waiting),
            },
            statements=[
                iam.Statement("ReadLever", ["cloudwatch:DescribeAlarms"], [alarms]),
                iam.Statement("SeeWriter", ["rds:DescribeDBInstances"], [database.arn]),
                # AWS gives targets names that nobody knows beforehand.
                iam.Statement("SetFewest", ["application-autoscaling:RegisterScalableTarget"], [targets]),
                iam.Statement("Raise", ["ecs:DescribeServices", "ecs:UpdateService"], [service.arn]),
            ],
            key=key,
            timeout_seconds=60,
        )
        function.every("5 minutes")
        # A promotion restarts the engine, and RDS tells of that as of all that happens to the instance.
        function.when(
            "capacity-promotion",
            pulumi.Output.json_dumps(
                {
                    "source": ["aws.rds"],
                    "detail-type": ["RDS DB Instance Event"],
                    "detail": {"SourceIdentifier": [database.identifier]},
                }
            ),
        )
        function.when(
            "capacity-now",
            pulumi.Output.json_dumps(
                {
                    "source": ["aws.cloudwatch"],
                    "detail-type": ["CloudWatch Alarm State Change"],
                    "resources": [alarm],
                }
            ),
        )
        self.register_outputs({})
