"""Security groups, and who gets in or out of them. Rules are resources of their own: several components add
to one group."""

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext
from .network import Network


@dataclass(frozen=True)
class Way:
    """One port, and whom it leads to or comes from: a range of addresses, a group, or the addresses of an AWS
    service. `what` is the rule's description, in letters that EC2 takes: no apostrophe."""

    thing: str
    what: str
    port: int
    cidr: str | None = None
    group: pulumi.Input[str] | None = None
    prefixes: pulumi.Input[str] | None = None


def security_group(
    parent: pulumi.Resource, network: Network, thing: str, what: str, *, closed: tuple[str, ...] = ()
) -> aws.ec2.SecurityGroup:
    """`closed` names the ways, "ingress" or "egress", that never get a rule: what is added by hand is taken
    away again."""
    region = network.region
    return aws.ec2.SecurityGroup(
        region.name(thing),
        name=region.name(thing),
        description=what,
        vpc_id=network.vpc.id,
        ingress=[] if "ingress" in closed else None,
        egress=[] if "egress" in closed else None,
        tags=region.tags(Name=region.name(thing)),
        opts=region.options(parent),
    )


def let_in(parent: pulumi.Resource, region: RegionContext, group: aws.ec2.SecurityGroup, way: Way) -> None:
    """Into the group's members."""
    aws.vpc.SecurityGroupIngressRule(region.label(way.thing), **_rule(parent, region, group, way))


def let_out(parent: pulumi.Resource, region: RegionContext, group: aws.ec2.SecurityGroup, way: Way) -> None:
    """From the group's members."""
    aws.vpc.SecurityGroupEgressRule(region.label(way.thing), **_rule(parent, region, group, way))


def _rule(
    parent: pulumi.Resource, region: RegionContext, group: aws.ec2.SecurityGroup, way: Way
) -> dict[str, Any]:
    return {
        "security_group_id": group.id,
        "description": way.what,
        "cidr_ipv4": way.cidr,
        "referenced_security_group_id": way.group,
        "prefix_list_id": way.prefixes,
        "ip_protocol": "tcp",
        "from_port": way.port,
        "to_port": way.port,
        "tags": region.tags(),
        "opts": region.options(parent),
    }
