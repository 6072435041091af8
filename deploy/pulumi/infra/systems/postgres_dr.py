"""PostgreSQL in one Region, its read replica in another; health checks and failover records that suit a
private database; alarms; daily snapshots copied across; and drctl, which fails it over. Back within 15
minutes."""

from ..components.alarms import REPLICA_LAG, DatabaseAlarms, database_thresholds
from ..components.backups import Backups
from ..components.database_network import DatabaseNetwork
from ..components.failover_dns import FailoverDns, Name
from ..components.keys import Key
from ..components.network import Network, ranges
from ..components.notifications import Topic
from ..components.operations import Operations, Surroundings, WatchedDatabase
from ..components.ops_settings import OpsSettings
from ..components.peering import Peering
from ..components.private_zone import PrivateZone
from ..components.reachability import NAMESPACE, Probed, Reachability
from ..components.replicated_bucket import ReplicatedBucket
from ..components.replicated_database import DatabaseSettings, ReplicatedDatabase
from ..controller import Policy, render
from ..outputs import Outputs
from ..reader import Reader
from ..regions import Regions
from ..settings import Settings
from ..workloads import Pieces, flat, replicated, words

NAME = "postgres-dr"


def build(settings: Settings, reader: Reader) -> Outputs:
    """Reads the stack's config, and registers everything."""
    database_settings = DatabaseSettings.read(reader, settings.production)
    ops_settings = OpsSettings.read(reader)
    policy = Policy.read(reader, maximum_data_loss="5m")
    cidrs = ranges(reader)
    emails = reader.texts("emails", r"[^@\s,]+@[^@\s,]+", "an address to tell")
    reader.finish()

    regions = Regions.of(settings)
    home, away = regions.home.code, regions.away.code

    # One key a Region: for the database, its snapshots, its notices, its files and its logs.
    keys = {r.code: Key(r, "data", ("cloudwatch", "events.rds", "logs")) for r in regions.both}
    networks = {
        r.code: Network(r, cidr, outbound=r is regions.standby)
        for r, cidr in zip(regions.both, cidrs, strict=True)
    }
    Peering(networks[home], networks[away])
    around = {
        home: DatabaseNetwork(networks[home], networks[away]),
        away: DatabaseNetwork(networks[away], networks[home]),
    }
    database = ReplicatedDatabase(regions, database_settings, around, keys)
    instances = database.instances
    topics = {r.code: Topic(r, keys[r.code], emails) for r in regions.both}

    checks = {}
    for region in regions.both:
        instance, topic = instances[region.code], topics[region.code].arn
        thresholds = database_thresholds(database_settings)
        DatabaseAlarms(region, instance, thresholds + ([] if region.is_active else [REPLICA_LAG]), topic)
        probed = Probed(instance.identifier, instance.address)
        checks[region.code] = Reachability(
            region, probed, networks[region.code], keys[region.code], topic
        ).health_check_id

    zone = PrivateZone(
        regions, f"{settings.environment_suffix}.{NAME}.internal", networks[home], networks[away]
    )
    hosts = {code: instance.address for code, instance in instances.items()}
    dns = FailoverDns(regions, NAME, Name(zone.id, f"db.{zone.name}"), hosts)

    Backups(regions, keys, {code: instance.arn for code, instance in instances.items()})
    snapshots = ReplicatedBucket(regions, "snapshots", keys)

    pieces = Pieces(NAME, database, around, checks, dns, topics)
    probe_user = ops_settings.probe_user if ops_settings.probe_secret else ""
    workload = replicated(regions, pieces, policy, probe_user)
    operations = Operations(
        regions,
        ops_settings,
        Surroundings(networks, keys, topics),
        workload=NAME,
        config=render(regions.standby.code, {NAME: workload}),
        words=words(regions, pieces, zone.id),
        watched=[
            WatchedDatabase(r.code, instances[r.code].identifier, NAMESPACE, None if r.is_active else 60)
            for r in regions.both
        ],
    )
    return {
        **flat(NAME, workload),
        **operations.outputs,
        "primarySnapshotBucket": snapshots.buckets[regions.active.code].name,
        "standbySnapshotBucket": snapshots.buckets[regions.standby.code].name,
    }
