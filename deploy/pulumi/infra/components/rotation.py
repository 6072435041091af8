"""Existing secrets, given a new password every 30 days, where they are replicated from."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import Regions
from .cache import Cache
from .existing_secret import ExistingSecret, may_unlock
from .function import Function
from .keys import Key
from .replicated_database import ReplicatedDatabase

EVERY_DAYS = 30


@dataclass(frozen=True)
class Opened:
    """What the secrets open, by the Region's code."""

    database: ReplicatedDatabase
    database_secret: str
    caches: Mapping[str, Cache]
    cache_secret: str


class Rotation(pulumi.ComponentResource):
    """In the active Region. A secret's replica cannot be rotated: after a failover it must be made one of its
    own first (README.md, "After a failover")."""

    def __init__(self, regions: Regions, opened: Opened, key: Key) -> None:
        here, there = regions.active, regions.standby
        super().__init__("drctl:infra:Rotation", here.name("rotation"), None)
        writer, replica = opened.database.instances[here.code], opened.database.instances[there.code]
        secrets = {
            "owner": ExistingSecret.find(self, here, opened.database_secret),
            "cache": ExistingSecret.find(self, here, opened.cache_secret),
        }
        groups = [[r.code, opened.caches[r.code].identifier] for r in regions.both]
        database = {
            "region": here.code,
            "identifier": writer.identifier,
            "replica_region": there.code,
            "replica_identifier": replica.identifier,
        }
        listed = pulumi.Output.all(
            owner=secrets["owner"].arn, cache=secrets["cache"].arn, database=database
        ).apply(
            lambda known: {
                known["owner"]: {"database": known["database"]},
                known["cache"]: {"cache": {"groups": groups}},
            }
        )
        function = Function(
            here,
            "credential_rotation",
            environment={"CREDENTIALS": pulumi.Output.json_dumps(listed)},
            statements=[
                _secrets(list(secrets.values())),
                *may_unlock(here, write=True),
                iam.Statement("SetOwner", ["rds:ModifyDBInstance"], [writer.arn]),
                iam.Statement("LookAtDatabase", ["rds:DescribeDBInstances"], [writer.arn, replica.arn]),
                iam.Statement(
                    "SetToken",
                    ["elasticache:DescribeReplicationGroups", "elasticache:ModifyReplicationGroup"],
                    [opened.caches[r.code].arn for r in regions.both],
                ),
            ],
            key=key,
            timeout_seconds=290,
        )
        for thing, secret in secrets.items():
            name = here.name(f"rotate-{thing}")
            allowed = function.let(name, "secretsmanager.amazonaws.com", secret.arn)
            aws.secretsmanager.SecretRotation(
                name,
                secret_id=secret.arn,
                rotation_lambda_arn=function.function.arn,
                rotation_rules={"automatically_after_days": EVERY_DAYS},
                # Not in the middle of a deployment: what it opens may not exist yet.
                rotate_immediately=False,
                opts=here.options(self, depends_on=[allowed]),
            )
        self.register_outputs({})


def _secrets(secrets: list[ExistingSecret]) -> iam.Statement:
    """The steps of a rotation."""
    return iam.Statement(
        "RotateSecrets",
        [
            "secretsmanager:DescribeSecret",
            "secretsmanager:GetSecretValue",
            "secretsmanager:PutSecretValue",
            "secretsmanager:UpdateSecretVersionStage",
        ],
        [s.arn for s in secrets],
    )
