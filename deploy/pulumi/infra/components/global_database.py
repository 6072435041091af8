"""An Aurora PostgreSQL global database: a cluster in each Region, the standby's less than a second behind.

Both Regions have the same cluster of the same version and size, so that AWS's managed failover accepts either
as the writer, and a change of roles changes no resource: the clusters are named after their Regions, and what
a failover moves (which of them replicates from which) is left alone once they exist.
"""

from collections.abc import Mapping, Sequence
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

# What managed failover and switchover move, and what the fence changes: the groups.
CHANGED_BY_A_FAILOVER = [
    "globalClusterIdentifier",
    "replicationSourceIdentifier",
    "sourceRegion",
    "vpcSecurityGroupIds",
]
# The global cluster upgrades its members; whoever keeps the existing secret changes the owner's password.
ONLY_AT_CREATION = ["databaseName", "masterUsername", "masterPassword", "engineVersion"]
ENGINE = "aurora-postgresql"
LOGS = ["postgresql"]


@dataclass(frozen=True)
class GlobalDatabaseSettings:
    """`secret`: the existing Secrets Manager entry with {"username": ..., "password": ...}, in both Regions.
    `version` with its minor part: managed failover refuses when the Regions differ in it."""

    secret: str
    instance_class: str
    instances: int
    version: str
    database: str

    @classmethod
    def read(cls, reader: Reader, production: bool) -> "GlobalDatabaseSettings":
        """The keys of a stack with a global database."""
        return cls(
            secret=secret_name(reader, "databaseSecret"),
            # The smallest classes that global databases allow are of the r families.
            instance_class=reader.text(
                "databaseClass", r"db\.[rx]\w+\.\w+", "a memory class such as db.r6g.large", "db.r6g.large"
            ),
            # One fails over to the next in its Region, in another zone.
            instances=reader.number("databaseInstances", 1, 15, 2 if production else 1),
            version=reader.text("databaseVersion", r"1[4-9]\.\d+", "14 or later, such as 16.8", "16.8"),
            database=database_name(reader),
        )


class GlobalDatabase(pulumi.ComponentResource):
    """`clusters` by the Region's code. The active Region's was made as the writer."""

    def __init__(
        self,
        regions: Regions,
        settings: GlobalDatabaseSettings,
        networks: Mapping[str, DatabaseNetwork],
        keys: Mapping[str, Key],
    ) -> None:
        home, production = regions.home, regions.home.settings.production
        super().__init__("drctl:infra:GlobalDatabase", home.name("database"), None)
        self.settings, self._networks, self._keys = settings, networks, keys
        self.instances: dict[str, list[aws.rds.ClusterInstance]] = {}
        self.identifier = home.short("global")
        self._global = aws.rds.GlobalCluster(
            home.name("global"),
            global_cluster_identifier=self.identifier,
            engine=ENGINE,
            engine_version=settings.version,
            database_name=settings.database,
            storage_encrypted=True,
            deletion_protection=production,
            force_destroy=not production,
            tags=home.tags(),
            opts=home.options(self, ignore_changes=["databaseName"], protect=production),
        )
        writer = self._cluster(regions.active, None, [])
        # AWS lets the standby join only once the writer has an instance.
        reader = self._cluster(regions.standby, regions.active, self.instances[regions.active.code])
        self.clusters = {regions.active.code: writer, regions.standby.code: reader}
        self.register_outputs({"identifier": self.identifier})

    def _cluster(
        self, region: RegionContext, source: RegionContext | None, after: Sequence[pulumi.Resource]
    ) -> aws.rds.Cluster:
        """A member. `source` is the writer's Region, for the one that replicates."""
        settings, production, name = self.settings, region.settings.production, region.name("database")
        owned_by = None if source else owner(self, region, settings.secret)
        logs = database_logs(self, region, f"cluster/{name}", LOGS, self._keys[region.code])
        cluster = aws.rds.Cluster(
            name,
            cluster_identifier=name,
            engine=ENGINE,
            engine_version=settings.version,
            global_cluster_identifier=self._global.id,
            source_region=source.code if source else None,
            database_name=None if source else settings.database,
            master_username=owned_by.username if owned_by else None,
            master_password=owned_by.password if owned_by else None,
            db_subnet_group_name=self._networks[region.code].subnets.name,
            db_cluster_parameter_group_name=self._parameters(region).name,
            vpc_security_group_ids=[self._networks[region.code].clients.id],
            storage_encrypted=True,
            # The Region's own: one key for both would be lost with its Region.
            kms_key_id=self._keys[region.code].arn,
            backup_retention_period=7,
            copy_tags_to_snapshot=True,
            iam_database_authentication_enabled=True,
            enabled_cloudwatch_logs_exports=LOGS,
            apply_immediately=True,
            # Of a secondary too: it leaves the global cluster first, and is no replica any more then.
            **keeping(name, production),
            tags=region.tags(),
            opts=region.options(
                self,
                depends_on=[*after, *logs],
                ignore_changes=[*CHANGED_BY_A_FAILOVER, *ONLY_AT_CREATION, *GIVEN_ONCE],
                protect=production,
            ),
        )
        numbers = range(1, settings.instances + 1)
        self.instances[region.code] = [self._instance(region, cluster, n) for n in numbers]
        return cluster

    def _instance(
        self, region: RegionContext, cluster: aws.rds.Cluster, number: int
    ) -> aws.rds.ClusterInstance:
        name = region.name(f"database-{number}")
        return aws.rds.ClusterInstance(
            name,
            identifier=name,
            cluster_identifier=cluster.id,
            engine=ENGINE,
            instance_class=self.settings.instance_class,
            db_subnet_group_name=self._networks[region.code].subnets.name,
            publicly_accessible=False,
            performance_insights_enabled=True,
            performance_insights_kms_key_id=self._keys[region.code].arn,
            # The global cluster upgrades both Regions at once.
            auto_minor_version_upgrade=False,
            copy_tags_to_snapshot=True,
            apply_immediately=True,
            tags=region.tags(),
            opts=region.options(self, ignore_changes=["engineVersion"]),
        )

    def _parameters(self, region: RegionContext) -> aws.rds.ClusterParameterGroup:
        major = self.settings.version.split(".")[0]
        return aws.rds.ClusterParameterGroup(
            region.name("database"),
            name=region.name(f"database-aurora{major}"),
            family=f"{ENGINE}{major}",
            description="TLS only",
            parameters=[{"name": "rds.force_ssl", "value": "1", "apply_method": "immediate"}],
            tags=region.tags(),
            opts=region.options(self),
        )
