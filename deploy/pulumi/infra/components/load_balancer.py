"""A Region's way in for the world: a load balancer with a certificate, before a service's tasks."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from .balancer import balancer, listener
from .groups import Way, let_in, let_out, security_group
from .network import Network

# In both: what a task answers while it can serve.
HEALTH = "/health"


@dataclass(frozen=True)
class Listening:
    """Where tasks listen. They speak TLS too, with any certificate: the balancer encrypts to them and checks
    no name, inside of the network."""

    port: int


class LoadBalancer(pulumi.ComponentResource):
    """`targets` is what a service's tasks join, once `listener` is there. 443 and TLS 1.2 or later alone."""

    def __init__(
        self, network: Network, thing: str, certificate_arn: pulumi.Input[str], listening: Listening
    ) -> None:
        region = network.region
        super().__init__("drctl:infra:LoadBalancer", region.name(f"{thing}-entrance"), None)
        self.network, self.region, self.thing, self.listening = network, region, thing, listening
        self.group = self._group()
        made = balancer(self, network, thing, self.group)
        self.host: pulumi.Output[str] = made.dns_name
        self.zone_id: pulumi.Output[str] = made.zone_id
        self.arn_suffix: pulumi.Output[str] = made.arn_suffix
        self.targets = self._targets()
        forward: aws.lb.ListenerDefaultActionArgsDict = {
            "type": "forward",
            "target_group_arn": self.targets.arn,
        }
        self.listener = listener(self, region, thing, made, certificate_arn, forward)
        self.register_outputs({"host": self.host})

    def lead_to(self, parent: pulumi.Resource, tasks: aws.ec2.SecurityGroup) -> None:
        """Nobody but the balancer reaches the tasks, and the balancer reaches nobody else."""
        region, port = self.region, self.listening.port
        way = Way(f"{self.thing}-from-balancer", "the load balancer", port, group=self.group.id)
        let_in(parent, region, tasks, way)
        way = Way(f"{self.thing}-to-tasks", "tasks of the service", port, group=tasks.id)
        let_out(parent, region, self.group, way)

    def _group(self) -> aws.ec2.SecurityGroup:
        thing = f"{self.thing}-entrance"
        group = security_group(self, self.network, thing, "customers")
        let_in(self, self.region, group, Way(thing, "the world, by TLS", 443, "0.0.0.0/0"))
        return group

    def _targets(self) -> aws.lb.TargetGroup:
        region = self.region
        return aws.lb.TargetGroup(
            region.name(self.thing),
            name=region.short(self.thing),
            vpc_id=self.network.vpc.id,
            port=self.listening.port,
            protocol="HTTPS",
            target_type="ip",
            # A task that ends has half a minute for what it has begun.
            deregistration_delay=30,
            health_check={
                "protocol": "HTTPS",
                "path": HEALTH,
                "matcher": "200",
                "interval": 10,
                "timeout": 5,
                "healthy_threshold": 2,
                "unhealthy_threshold": 3,
            },
            tags=region.tags(),
            opts=region.options(self),
        )
