"""A load balancer as all of them are here: public, TLS 1.2 or later on 443 and nothing else."""

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext
from .network import Network


def balancer(
    parent: pulumi.Resource,
    network: Network,
    thing: str,
    group: aws.ec2.SecurityGroup,
    *,
    lasting: bool = True,
) -> aws.lb.LoadBalancer:
    """In the public subnets; `group` says whom it lets in. One that is not `lasting` is deleted by a change
    of roles, which its protection would stop half-way: nothing lifts it by itself."""
    region = network.region
    return aws.lb.LoadBalancer(
        region.name(thing),
        name=region.short(thing),
        load_balancer_type="application",
        internal=False,
        security_groups=[group.id],
        subnets=[s.id for s in network.public],
        drop_invalid_header_fields=True,
        enable_deletion_protection=lasting and region.settings.production,
        tags=region.tags(),
        opts=region.options(parent),
    )


def listener(
    parent: pulumi.Resource,
    region: RegionContext,
    thing: str,
    behind: aws.lb.LoadBalancer,
    certificate_arn: pulumi.Input[str],
    action: aws.lb.ListenerDefaultActionArgsDict,
) -> aws.lb.Listener:
    """`action` is what happens to a request that no rule takes."""
    return aws.lb.Listener(
        region.name(thing),
        load_balancer_arn=behind.arn,
        port=443,
        protocol="HTTPS",
        ssl_policy="ELBSecurityPolicy-TLS13-1-2-2021-06",
        certificate_arn=certificate_arn,
        default_actions=[action],
        tags=region.tags(),
        opts=region.options(parent),
    )
