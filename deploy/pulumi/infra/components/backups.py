"""Snapshots of a database, taken each day in its Region and copied to the other: the second line, for what
replication carries over faithfully, such as a table dropped by mistake."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext, Regions
from .keys import Key

RETENTION_DAYS = 7


class Backups(pulumi.ComponentResource):
    """A vault in each Region, encrypted with its key; a plan where the writer is. After a change of roles the
    plan moves to the other Region, and the vaults with what is in them stay."""

    def __init__(
        self,
        regions: Regions,
        keys: Mapping[str, Key],
        database_arns: Mapping[str, pulumi.Output[str]],
        keep_days: int = RETENTION_DAYS,
    ) -> None:
        super().__init__("drctl:infra:Backups", regions.home.name("backups"), None)
        self._keep_days = keep_days
        self.vaults = {r.code: self._vault(r, keys[r.code]) for r in regions.both}
        self._plan(regions, database_arns[regions.active.code])
        self.register_outputs({})

    def _vault(self, region: RegionContext, key: Key) -> aws.backup.Vault:
        return aws.backup.Vault(
            region.name("snapshots"),
            name=region.name("snapshots"),
            kms_key_arn=key.arn,
            force_destroy=not region.settings.production,
            tags=region.tags(),
            opts=region.options(self, protect=region.settings.production),
        )

    def _plan(self, regions: Regions, database: pulumi.Output[str]) -> None:
        here, there = regions.active, regions.standby
        plan = aws.backup.Plan(
            here.name("snapshots"),
            name=here.name("snapshots"),
            rules=[
                {
                    "rule_name": "daily",
                    "target_vault_name": self.vaults[here.code].name,
                    # At 17:00 UTC it is night in most of Asia and Australia; nothing waits for it anywhere.
                    "schedule": "cron(0 17 * * ? *)",
                    "start_window": 60,
                    "completion_window": 360,
                    "lifecycle": {"delete_after": self._keep_days},
                    "copy_actions": [
                        {
                            "destination_vault_arn": self.vaults[there.code].arn,
                            "lifecycle": {"delete_after": self._keep_days},
                        }
                    ],
                }
            ],
            tags=here.tags(),
            opts=here.options(self),
        )
        service = "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup"
        role = iam.role(
            here, "backup", "backup.amazonaws.com", {}, self, source_account=True, managed=[service]
        )
        aws.backup.Selection(
            here.name("snapshots"),
            name=here.name("snapshots"),
            plan_id=plan.id,
            iam_role_arn=role.arn,
            resources=[database],
            opts=here.options(self),
        )
