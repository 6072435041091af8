"""RDS for PostgreSQL in both Regions: a writer, and its cross-Region read replica."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..reader import Reader
from ..regions import RegionContext, Regions
from .database_care import GIVEN_ONCE, database_logs, database_name, keeping
from .database_network import DatabaseNetwork
from .existing_secret import secret_name
from .keys import Key
from .owner import owner

# What a failover changes on an instance: whom it replicates, the groups that fence it, and the backups that
# promotion may switch on. And what only counts when it is made: the owner's name and password (whoever keeps
# the existing secret changes them), and the first database. The program never sets any of it back.
CHANGED_BY_A_FAILOVER = ["replicateSourceDb", "vpcSecurityGroupIds", "backupRetentionPeriod", "backupWindow"]
ONLY_AT_CREATION = ["username", "password", "dbName", "engineVersion", "allocatedStorage"]
LOGS = ["postgresql", "upgrade"]
IDENTIFIER = r"[a-z](-?[a-z0-9]){0,62}"


@dataclass(frozen=True)
class DatabaseSettings:
    """`secret`: the existing Secrets Manager entry with {"username": ..., "password": ...}, in both
    Regions."""

    secret: str
    instance_class: str
    storage_gib: int
    version: str
    multi_az: bool
    connections: int
    database: str
    identifiers: Mapping[str, str]

    @classmethod
    def read(cls, reader: Reader, production: bool) -> "DatabaseSettings":
        """The keys of a stack with a replicated database."""
        what = "an identifier as RDS shows it"
        ids = {
            side: reader.text(f"{side}DatabaseId", IDENTIFIER, what, "", longest=63)
            for side in ("primary", "standby")
        }
        return cls(
            secret=secret_name(reader, "databaseSecret"),
            instance_class=reader.text(
                "databaseClass", r"db\.[a-z0-9]+\.[a-z0-9]+", "a class such as db.m7g.large", "db.m7g.large"
            ),
            storage_gib=reader.number("databaseStorage", 20, 65536, 100),
            version=reader.text("databaseVersion", r"1[4-9](\.\d+)?", "14 or later, such as 16", "16"),
            # max_connections of the default class is about 860.
            connections=reader.number("databaseConnectionsAlarm", 1, 100000, 700),
            multi_az=reader.flag("databaseMultiAz", production),
            database=database_name(reader),
            identifiers=ids,
        )


class ReplicatedDatabase(pulumi.ComponentResource):
    """`instances` by the Region's code. The active Region's was made as the writer; the other one replicates
    it. After a failover `activeRegion` turns that round for what is made anew, and nothing else."""

    def __init__(
        self,
        regions: Regions,
        settings: DatabaseSettings,
        networks: Mapping[str, DatabaseNetwork],
        keys: Mapping[str, Key],
    ) -> None:
        super().__init__("drctl:infra:ReplicatedDatabase", regions.home.name("database"), None)
        self.settings = settings
        self._networks = networks
        self._keys = keys
        self._home = regions.home
        writer = self._instance(regions.active, None)
        replica = self._instance(regions.standby, writer)
        self.instances = {regions.active.code: writer, regions.standby.code: replica}
        self.register_outputs({"writer": writer.arn, "replica": replica.arn})

    def identifier(self, region: RegionContext) -> str:
        """As RDS shows it. A stack's config may name another one: a replica that was built anew after a
        failover may have had to take another name than the one that it replaces."""
        side = "primary" if region.code == self._home.code else "standby"
        return self.settings.identifiers[side] or region.name("database")

    def _instance(self, region: RegionContext, source: aws.rds.Instance | None) -> aws.rds.Instance:
        production = region.settings.production
        settings = self.settings
        name = self.identifier(region)
        owned_by = None if source else owner(self, region, settings.secret)
        logs = database_logs(self, region, f"instance/{name}", LOGS, self._keys[region.code])
        return aws.rds.Instance(
            region.name("database"),
            identifier=name,
            replicate_source_db=source.arn if source else None,
            engine=None if source else "postgres",
            engine_version=None if source else settings.version,
            db_name=None if source else settings.database,
            username=owned_by.username if owned_by else None,
            password=owned_by.password if owned_by else None,
            instance_class=settings.instance_class,
            storage_type="gp3",
            allocated_storage=None if source else settings.storage_gib,
            # A full disk stops a database as surely as a lost Region.
            max_allocated_storage=settings.storage_gib * 4,
            storage_encrypted=True,
            kms_key_id=self._keys[region.code].arn,
            multi_az=settings.multi_az,
            db_subnet_group_name=self._networks[region.code].subnets.name,
            vpc_security_group_ids=[self._networks[region.code].clients.id],
            parameter_group_name=self._parameters(region).name,
            publicly_accessible=False,
            # On the replica too: its promotion would otherwise make the very first backup, and take longer.
            backup_retention_period=7,
            copy_tags_to_snapshot=True,
            performance_insights_enabled=True,
            performance_insights_kms_key_id=self._keys[region.code].arn,
            enabled_cloudwatch_logs_exports=LOGS,
            auto_minor_version_upgrade=True,
            apply_immediately=True,
            **keeping(name, production, replica=source is not None),
            tags=region.tags(),
            opts=region.options(
                self,
                depends_on=logs,
                ignore_changes=[*CHANGED_BY_A_FAILOVER, *ONLY_AT_CREATION, *GIVEN_ONCE],
                protect=production,
                # An identifier is free only once the one that had it is gone.
                delete_before_replace=True,
            ),
        )

    def _parameters(self, region: RegionContext) -> aws.rds.ParameterGroup:
        family = f"postgres{self.settings.version.split('.')[0]}"
        return aws.rds.ParameterGroup(
            region.name("database"),
            name=region.name(f"database-{family}"),
            family=family,
            description="TLS only",
            parameters=[{"name": "rds.force_ssl", "value": "1", "apply_method": "immediate"}],
            tags=region.tags(),
            opts=region.options(self),
        )
