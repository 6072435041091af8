"""A KMS key of the system's own in a Region. Encryption at rest never leaves its Region: a copy that crosses
is encrypted anew with the other Region's key, so that the loss of one Region takes no key with it."""

import json

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext

# The service of global tables' replication, as `services` name it.
TABLES = "global-tables"


class Key(pulumi.ComponentResource):
    """`key.arn` encrypts. `services` are AWS services that use it on their own, such as sns or cloudwatch."""

    def __init__(self, region: RegionContext, thing: str, services: tuple[str, ...] = ()) -> None:
        super().__init__("drctl:infra:Key", region.name(thing), None, pulumi.ResourceOptions())
        key = aws.kms.Key(
            region.name(thing),
            description=region.name(thing),
            enable_key_rotation=True,
            # The longest wait keeps a mistake repairable; the shortest lets a trial be taken down.
            deletion_window_in_days=30 if region.settings.production else 7,
            policy=region.account.apply(lambda a: key_policy(a, region.code, services)),
            tags=region.tags(),
            opts=region.options(self),
        )
        aws.kms.Alias(
            region.name(thing),
            name=f"alias/{region.name(thing)}",
            target_key_id=key.key_id,
            opts=region.options(self),
        )
        self.arn: pulumi.Output[str] = key.arn
        self.register_outputs({"arn": key.arn})


def key_policy(account: str, region: str, services: tuple[str, ...]) -> str:
    """Its account decides through IAM who may use it; services only for resources of this account."""
    statements: list[dict[str, object]] = [
        {
            "Sid": "Account",
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{account}:root"},
            "Action": "kms:*",
            "Resource": "*",
        }
    ]
    statements += [
        _tables(account, region) if service == TABLES else _service(account, region, service)
        for service in services
    ]
    return json.dumps({"Version": "2012-10-17", "Statement": statements})


def _service(account: str, region: str, service: str) -> dict[str, object]:
    host = f"logs.{region}" if service == "logs" else service
    # CloudWatch Logs sends the group it works for as context, and no account.
    condition: dict[str, object] = {"StringEquals": {"aws:SourceAccount": account}}
    if service == "logs":
        group = f"arn:aws:logs:{region}:{account}:log-group:*"
        condition = {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": group}}
    return {
        "Sid": service.title().replace(".", ""),
        "Effect": "Allow",
        "Principal": {"Service": f"{host}.amazonaws.com"},
        "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*"],
        "Resource": "*",
        "Condition": condition,
    }


def _tables(account: str, region: str) -> dict[str, object]:
    """What replicates global tables is a role of AWS's own, which IAM gives nothing of our keys. It is named
    by a condition: as a principal it would have to exist, and the account's first global table makes it."""
    role = f"arn:aws:iam::{account}:role/aws-service-role/replication.dynamodb.amazonaws.com/*"
    return {
        "Sid": "GlobalTables",
        "Effect": "Allow",
        "Principal": {"AWS": "*"},
        "Action": ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        "Resource": "*",
        "Condition": {
            "ArnLike": {"aws:PrincipalArn": role},
            "StringEquals": {
                "kms:CallerAccount": account,
                "kms:ViaService": f"dynamodb.{region}.amazonaws.com",
            },
        },
    }
