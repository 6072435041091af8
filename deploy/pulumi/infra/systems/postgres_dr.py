"""PostgreSQL in one Region, its read replica in another."""

from ..components.alarms import REPLICA_LAG, DatabaseAlarms, database_thresholds
from ..components.backups import Backups
from ..components.database_network import DatabaseNetwork
from ..components.failover_dns import FailoverDns, Name
from ..components.keys import Key
from ..components.network import Network, ranges
from ..components.notifications import Topic
from ..components.peering import Peering
from ..components.private_zone import PrivateZone
from ..components.reachability import Probed, Reachability
from ..components.replicated_database import DatabaseSettings, ReplicatedDatabase
from ..outputs import Outputs
from ..reader import Reader
from ..regions import Regions
from ..settings import Settings

WORKLOAD = "postgres-dr"


def build(settings: Settings, reader: Reader) -> Outputs:
    """Reads the stack's config, and registers everything."""
    database_settings = DatabaseSettings.read(reader, settings.production)
    cidrs = ranges(reader)
    reader.finish()

    regions = Regions.of(settings)
    # One key a Region: for the database, its snapshots, its notices and its logs.
    keys = {r.code: Key(r, "data", ("cloudwatch", "events.rds", "logs")) for r in regions.both}
    networks = {
        r.code: Network(r, cidr, outbound=r is regions.standby)
        for r, cidr in zip(regions.both, cidrs, strict=True)
    }
    home, away = networks[regions.home.code], networks[regions.away.code]
    Peering(home, away)
    around = {home.region.code: DatabaseNetwork(home, away), away.region.code: DatabaseNetwork(away, home)}
    database = ReplicatedDatabase(regions, database_settings, around, keys)
    topics = {r.code: Topic(r, keys[r.code]) for r in regions.both}
    for region in regions.both:
        instance = database.instances[region.code]
        lag = [] if region.is_active else [REPLICA_LAG]
        thresholds = database_thresholds(database_settings.storage_gib, 700)
        DatabaseAlarms(region, instance, [*thresholds, *lag], topics[region.code].arn)
        probed = Probed(instance.identifier, instance.address)
        Reachability(region, probed, networks[region.code], keys[region.code], topics[region.code].arn)
    zone = PrivateZone(regions, f"{settings.environment_suffix}.{WORKLOAD}.internal", home, away)
    hosts = {code: i.address for code, i in database.instances.items()}
    FailoverDns(regions, WORKLOAD, Name(zone.id, f"db.{zone.name}"), hosts)
    Backups(regions, keys, {code: i.arn for code, i in database.instances.items()})
    return {"databaseWriter": database.instances[regions.active.code].identifier}
