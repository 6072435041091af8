"""A Region's way in for the world: a load balancer with a certificate, before a service's tasks."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

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
        balancer = aws.lb.LoadBalancer(
            region.name(thing),
            name=region.short(thing),
            load_balancer_type="application",
            internal=False,
            security_groups=[self.group.id],
            subnets=[s.id for s in network.public],
            drop_invalid_header_fields=True,
            enable_deletion_protection=region.settings.production,
            tags=region.tags(),
            opts=region.options(self),
        )
        self.host: pulumi.Output[str] = balancer.dns_name
        self.zone_id: pulumi.Output[str] = balancer.zone_id
        self.arn_suffix: pulumi.Output[str] = balancer.arn_suffix
        self.targets = self._targets()
        self.listener = aws.lb.Listener(
            region.name(thing),
            load_balancer_arn=balancer.arn,
            port=443,
            protocol="HTTPS",
            ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
            certificate_arn=certificate_arn,
            default_actions=[{"type": "forward", "target_group_arn": self.targets.arn}],
            tags=region.tags(),
            opts=region.options(self),
        )
        self.register_outputs({"host": self.host})

    def lead_to(self, parent: pulumi.Resource, tasks: aws.ec2.SecurityGroup) -> None:
        """Nobody but the balancer reaches the tasks, and the balancer reaches nobody else."""
        region, port = self.region, self.listening.port
        aws.vpc.SecurityGroupIngressRule(
            region.name(f"{self.thing}-from-balancer"),
            security_group_id=tasks.id,
            description="the load balancer",
            referenced_security_group_id=self.group.id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            tags=region.tags(),
            opts=region.options(parent),
        )
        aws.vpc.SecurityGroupEgressRule(
            region.name(f"{self.thing}-to-tasks"),
            security_group_id=self.group.id,
            description="tasks of the service",
            referenced_security_group_id=tasks.id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            tags=region.tags(),
            opts=region.options(parent),
        )

    def _group(self) -> aws.ec2.SecurityGroup:
        region = self.region
        name = region.name(f"{self.thing}-entrance")
        group = aws.ec2.SecurityGroup(
            name,
            name=name,
            description="customers",
            vpc_id=self.network.vpc.id,
            tags=region.tags(Name=name),
            opts=region.options(self),
        )
        aws.vpc.SecurityGroupIngressRule(
            name,
            security_group_id=group.id,
            description="the world, by TLS",
            cidr_ipv4="0.0.0.0/0",
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            tags=region.tags(),
            opts=region.options(self),
        )
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
