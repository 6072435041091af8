"""Policies as values. Every statement names its actions; it names its resources wherever AWS lets it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import pulumi
import pulumi_aws as aws

from .regions import RegionContext


@dataclass(frozen=True)
class Statement:
    """One statement. `conditions`: {"StringEquals": {"kms:ViaService": ...}}."""

    sid: str
    actions: Sequence[str]
    resources: Sequence[pulumi.Input[str]]
    effect: Literal["Allow", "Deny"] = "Allow"
    conditions: Mapping[str, Mapping[str, pulumi.Input[Any]]] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """As AWS writes it."""
        body: dict[str, Any] = {
            "Sid": self.sid,
            "Effect": self.effect,
            "Action": sorted(self.actions),
            "Resource": list(self.resources),
        }
        return {**body, "Condition": self.conditions} if self.conditions else body


def document(statements: Sequence[Statement]) -> pulumi.Output[str]:
    """An identity's policy."""
    bodies: list[Any] = [s.body() for s in statements]
    return pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": bodies})


def trust(service: str, account: pulumi.Input[str] | None = None) -> pulumi.Output[str]:
    """Who may take a role: an AWS service; with `account`, only on that account's behalf."""
    statement: dict[str, Any] = {
        "Effect": "Allow",
        "Principal": {"Service": service},
        "Action": "sts:AssumeRole",
    }
    if account is not None:
        statement["Condition"] = {"StringEquals": {"aws:SourceAccount": account}}
    return pulumi.Output.json_dumps({"Version": "2012-10-17", "Statement": [statement]})


def role(
    region: RegionContext,
    thing: str,
    service: str,
    policies: Mapping[str, Sequence[Statement]],
    parent: pulumi.Resource,
    *,
    source_account: bool = False,
    managed: Sequence[str] = (),
) -> aws.iam.Role:
    """A role that `service` takes, with one inline policy for each purpose. Roles are global, so the Region
    is in the name: each Region's parts work without the other's."""
    made = aws.iam.Role(
        region.name(thing),
        name=region.name(thing),
        assume_role_policy=trust(service, region.account if source_account else None),
        tags=region.tags(),
        opts=region.options(parent),
    )
    for purpose, statements in policies.items():
        aws.iam.RolePolicy(
            region.name(f"{thing}-{purpose}"),
            name=region.name(purpose),
            role=made.id,
            policy=document(statements),
            opts=region.options(parent),
        )
    for i, arn in enumerate(managed):
        aws.iam.RolePolicyAttachment(
            region.name(f"{thing}-managed-{i + 1}"),
            role=made.name,
            policy_arn=arn,
            opts=region.options(parent),
        )
    return made


def tls_alone(action: str, resource: Any) -> dict[str, Any]:
    """For a resource's own policy: nobody calls it without TLS, whatever else lets them."""
    return {
        "Sid": "EncryptedInTransit",
        "Effect": "Deny",
        "Principal": "*",
        "Action": action,
        "Resource": resource,
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def objects(bucket_arn: pulumi.Output[str]) -> pulumi.Output[str]:
    """Every object of a bucket."""
    return pulumi.Output.concat(bucket_arn, "/*")
