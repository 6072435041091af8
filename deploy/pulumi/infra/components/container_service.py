"""A service in containers on Fargate, in private subnets, that scales by itself between two counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from .. import iam
from ..controller import Capacity
from .container_settings import ContainerSettings
from .container_task import Container, task_definition, task_log
from .groups import Way, let_out, security_group
from .keys import Key
from .network import Network

# Half of the CPU is left for what comes while new tasks start, a minute or two.
BUSY_PERCENT = 50.0


@dataclass(frozen=True)
class Behind:
    """The load balancer's targets, and the port on which the tasks listen."""

    targets: aws.lb.TargetGroup
    port: int
    listener: aws.lb.Listener


@dataclass(frozen=True)
class Reach:
    """One port that the tasks may reach: of ranges of addresses, or of a group."""

    thing: str
    port: int
    ranges: Sequence[str] = ()
    group: pulumi.Output[str] | None = None


class ContainerService(pulumi.ComponentResource):
    """`service` in `cluster`, with its log and its roles. `group` is its tasks'. Where it
    `grows_by_function` (standby_capacity.py) that says how many run at least; elsewhere the Region's role
    does."""

    def __init__(
        self,
        network: Network,
        thing: str,
        settings: ContainerSettings,
        key: Key,
        *,
        environment: Mapping[str, pulumi.Input[str]],
        may: Sequence[iam.Statement],
        reaches: Sequence[Reach],
        behind: Behind | None = None,
        grows_by_function: bool = False,
    ) -> None:
        region = network.region
        super().__init__("drctl:infra:ContainerService", region.name(thing), None)
        self.region, self.thing, self.settings = region, thing, settings
        self.name = region.name(thing)
        self.cluster = self._cluster()
        self.group = self._group(network, reaches)
        container = Container(
            thing, settings, environment, behind.port if behind else None, task_log(region, thing, key, self)
        )
        task = task_definition(region, container, may, self)
        self.service = aws.ecs.Service(
            self.name,
            name=self.name,
            cluster=self.cluster.arn,
            task_definition=task.arn,
            launch_type="FARGATE",
            desired_count=settings.leading if region.is_active else settings.waiting,
            network_configuration={
                "subnets": network.private_ids,
                "security_groups": [self.group.id],
                "assign_public_ip": False,
            },
            load_balancers=[_target(behind, thing)] if behind else None,
            health_check_grace_period_seconds=60 if behind else None,
            deployment_minimum_healthy_percent=100,
            deployment_maximum_percent=200,
            # A version that does not start takes nothing down with it.
            deployment_circuit_breaker={"enable": True, "rollback": True},
            availability_zone_rebalancing="ENABLED",
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            enable_execute_command=False,
            force_delete=not region.settings.production,
            tags=region.tags(),
            # How many run is auto scaling's to say, and a failover's: drctl's or the function's.
            opts=region.options(
                self,
                depends_on=[network.outbound, *([behind.listener] if behind else [])],
                ignore_changes=["desiredCount"],
            ),
        )
        self._scale(grows_by_function)
        self.register_outputs({"name": self.name})

    @property
    def capacity(self) -> Capacity:
        """For drctl: what must run here once clients are led here."""
        return {
            "type": "ecs-service",
            "region": self.region.code,
            "cluster": self.name,
            "service": self.name,
            "desired": self.settings.leading,
        }

    @property
    def arn(self) -> pulumi.Output[str]:
        """Known before the service exists."""
        return pulumi.Output.format(
            "arn:aws:ecs:{0}:{1}:service/{2}/{2}", self.region.code, self.region.account, self.name
        )

    def _cluster(self) -> aws.ecs.Cluster:
        return aws.ecs.Cluster(
            self.name,
            name=self.name,
            settings=[{"name": "containerInsights", "value": "enabled"}],
            tags=self.region.tags(),
            opts=self.region.options(self),
        )

    def _group(self, network: Network, reaches: Sequence[Reach]) -> aws.ec2.SecurityGroup:
        region, thing = self.region, self.thing
        group = security_group(self, network, thing, f"{thing}: what its tasks may reach")
        for reach in reaches:
            for i, cidr in enumerate(reach.ranges or (None,)):
                way = Way(f"{thing}-to-{reach.thing}-{i + 1}", reach.thing, reach.port, cidr, reach.group)
                let_out(self, region, group, way)
        return group

    def _scale(self, grows_by_function: bool) -> None:
        """An idle standby has too many tasks each minute anew, and what a failover adds would be taken away
        before a customer is there. The function raises the least count too; beside drctl nothing is taken
        away while the Region waits."""
        region, settings = self.region, self.settings
        target = aws.appautoscaling.Target(
            self.name,
            service_namespace="ecs",
            scalable_dimension="ecs:service:DesiredCount",
            resource_id=pulumi.Output.format("service/{0}/{1}", self.cluster.name, self.service.name),
            min_capacity=settings.leading if region.is_active else settings.waiting,
            max_capacity=settings.most,
            tags=region.tags(),
            # What the function has set in a failover must not be undone.
            opts=region.options(self, ignore_changes=["minCapacity"] if grows_by_function else []),
        )
        aws.appautoscaling.Policy(
            self.name,
            name=self.name,
            policy_type="TargetTrackingScaling",
            service_namespace=target.service_namespace,
            scalable_dimension=target.scalable_dimension,
            resource_id=target.resource_id,
            target_tracking_scaling_policy_configuration={
                "predefined_metric_specification": {
                    "predefined_metric_type": "ECSServiceAverageCPUUtilization"
                },
                "target_value": BUSY_PERCENT,
                "disable_scale_in": not grows_by_function and not region.is_active,
                "scale_in_cooldown": 300,
                "scale_out_cooldown": 60,
            },
            opts=region.options(self),
        )


def _target(behind: Behind, thing: str) -> aws.ecs.ServiceLoadBalancerArgs:
    return aws.ecs.ServiceLoadBalancerArgs(
        target_group_arn=behind.targets.arn, container_name=thing, container_port=behind.port
    )
