"""An existing entry in Secrets Manager: who may read it, and what is in it. No stack makes one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from .. import iam
from ..reader import Reader
from ..regions import RegionContext

_NAME = r"[\w/+=.@-]{1,512}"


def secret_name(reader: Reader, key: str, default: str | None = None) -> str:
    """The entry's name, from the stack's config. It must exist in both Regions: a replicated one."""
    return reader.text(key, _NAME, "the name of an existing secret", default)


@dataclass(frozen=True)
class ExistingSecret:
    """`arn` in full, with the six characters that Secrets Manager puts behind the name."""

    name: str
    arn: pulumi.Output[str]

    @classmethod
    def find(cls, parent: pulumi.Resource, region: RegionContext, name: str) -> "ExistingSecret":
        """In that Region."""
        options = pulumi.InvokeOutputOptions(parent=parent, provider=region.provider)
        return cls(name, aws.secretsmanager.get_secret_output(name=name, opts=options).arn)


def may_read(region: RegionContext, secrets: Sequence[ExistingSecret]) -> list[iam.Statement]:
    """Those secrets, and no others."""
    actions = ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"]
    return [iam.Statement("ReadSecrets", actions, [s.arn for s in secrets]), *may_unlock(region)]


def may_unlock(region: RegionContext, *, write: bool = False) -> list[iam.Statement]:
    """Whoever may read a secret needs its key too, where that is the customer's own: the stack's config names
    those. By way of Secrets Manager alone. `write`: a new value is encrypted with it."""
    keys = [arn for arn in region.settings.secret_keys if arn.split(":")[3] == region.code]
    actions = ["kms:Decrypt", "kms:GenerateDataKey"] if write else ["kms:Decrypt"]
    via = {"StringEquals": {"kms:ViaService": f"secretsmanager.{region.code}.amazonaws.com"}}
    return [iam.Statement("UnlockSecrets", actions, keys, conditions=via)] if keys else []


def content(parent: pulumi.Resource, region: RegionContext, name: str) -> pulumi.Output[dict[str, str]]:
    """Marked as secret: whatever is made of it is encrypted in the state, and never shown."""
    found = aws.secretsmanager.get_secret_version_output(
        secret_id=name, opts=pulumi.InvokeOutputOptions(parent=parent, provider=region.provider)
    )
    text: pulumi.Output[str] = pulumi.Output.secret(found.secret_string)
    return text.apply(json.loads)


def password(parent: pulumi.Resource, region: RegionContext, name: str) -> pulumi.Output[str]:
    """Of an entry with {"password": ...}."""
    return content(parent, region, name).apply(lambda c: c["password"])
