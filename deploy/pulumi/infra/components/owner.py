"""The database owner's name and password, from a secret that exists already: no stack makes one."""

import json
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext


@dataclass(frozen=True)
class Owner:
    """Both marked as secret: encrypted in the state, never shown."""

    username: pulumi.Output[str]
    password: pulumi.Output[str]


def owner(parent: pulumi.Resource, region: RegionContext, secret: str) -> Owner:
    """`secret` is the entry's name in that Region; it holds {"username": ..., "password": ...}."""
    found = aws.secretsmanager.get_secret_version_output(
        secret_id=secret, opts=pulumi.InvokeOutputOptions(parent=parent, provider=region.provider)
    )
    text: pulumi.Output[str] = pulumi.Output.secret(found.secret_string)
    return Owner(
        username=text.apply(lambda t: str(json.loads(t)["username"])),
        password=text.apply(lambda t: str(json.loads(t)["password"])),
    )
