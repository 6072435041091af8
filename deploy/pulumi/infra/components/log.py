"""A log in CloudWatch: kept for a while, encrypted with the Region's key."""

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext
from .keys import Key


def log_group(
    parent: pulumi.Resource, region: RegionContext, thing: str, kind: str, key: Key, *, days: int = 30
) -> aws.cloudwatch.LogGroup:
    """`kind` is the first part of its name, such as /aws/lambda, which some services insist on."""
    return kept_log(parent, region, thing, f"{kind}/{region.name(thing)}", key, days=days)


def kept_log(
    parent: pulumi.Resource, region: RegionContext, thing: str, path: str, key: Key, *, days: int = 30
) -> aws.cloudwatch.LogGroup:
    """One whose name, `path`, is a service's choice."""
    return aws.cloudwatch.LogGroup(
        region.name(thing),
        name=path,
        kms_key_id=key.arn,
        retention_in_days=days,
        tags=region.tags(),
        opts=region.options(parent),
    )
