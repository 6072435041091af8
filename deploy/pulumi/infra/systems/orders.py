"""Event-driven order processing: a stream of orders, tasks that take them in, PostgreSQL with a replica in
the second Region, where everything else stands ready as well, and drctl, which moves the writer. Back within
15 minutes."""

from ..components.cache import CacheSettings
from ..components.container_settings import ContainerSettings
from ..components.keys import Key
from ..components.network import Network, ranges
from ..components.notifications import Topic
from ..components.operations import Operations, Surroundings
from ..components.ops_settings import OpsSettings
from ..components.order_processing import OrderProcessing, OrderSettings
from ..components.peering import Peering
from ..components.processing_alarms import ProcessingAlarms
from ..components.replicated_database import DatabaseSettings
from ..components.rotation import Opened, Rotation
from ..components.standby_capacity import StandbyCapacity
from ..components.stream import shards
from ..controller import Policy, render
from ..outputs import Outputs
from ..protected_database import Ground, protected_database
from ..reader import Reader
from ..regions import Regions
from ..settings import Settings
from ..workloads import flat, replicated, words

NAME = "orders"


def build(settings: Settings, reader: Reader) -> Outputs:
    """Reads the stack's config, and registers everything."""
    database_settings = DatabaseSettings.read(reader, settings.production)
    order_settings = OrderSettings(
        ContainerSettings.read(reader, "processor"),
        CacheSettings.read(reader, settings.production),
        shards(reader),
        database_settings.database,
        database_settings.secret,
    )
    ops_settings = OpsSettings.read(reader)
    policy = Policy.read(reader, maximum_data_loss="5m")
    cidrs = ranges(reader)
    emails = reader.texts("emails", r"[^@\s,]+@[^@\s,]+", "an address to tell")
    reader.finish()

    regions = Regions.of(settings)
    both, home, away = regions.both, regions.home.code, regions.away.code
    keys = {r.code: Key(r, "data", ("cloudwatch", "events.rds", "logs")) for r in both}
    topics = {r.code: Topic(r, keys[r.code], emails) for r in both}
    # Private subnets behind NAT, in both Regions: the standby's tasks must be able to start on their own.
    networks = {r.code: Network(r, cidr, outbound=True) for r, cidr in zip(both, cidrs, strict=True)}
    Peering(networks[home], networks[away])

    # RDS PostgreSQL, its replica in the second Region.
    ground = Ground(regions, keys, networks, topics)
    database = protected_database(ground, NAME, database_settings)
    dns = database.pieces.dns

    # In each Region: a Kinesis stream, processors on ECS Fargate, Redis encrypted at rest and in transit. The
    # standby service is small, and grows when drctl leaves the other Region.
    processing = {}
    for region, other in ((regions.home, regions.away), (regions.away, regions.home)):
        code, key = region.code, keys[region.code]
        made = OrderProcessing(networks[code], networks[other.code], order_settings, dns.fqdn, key)
        ProcessingAlarms(region, made, topics[code].arn)
        StandbyCapacity(made.service, other, key)
        processing[code] = made

    # Credentials in Secrets Manager, rotated every 30 days.
    opened = Opened(
        database.pieces.database,
        database_settings.secret,
        {code: p.cache for code, p in processing.items()},
        order_settings.cache.secret,
    )
    Rotation(regions, opened, keys[regions.active.code])

    # drctl, in the standby Region.
    probe_user = ops_settings.probe_user if ops_settings.probe_secret else ""
    workload = replicated(regions, database.pieces, policy, probe_user)
    operations = Operations(
        regions,
        ops_settings,
        Surroundings(networks, keys, topics),
        workload=NAME,
        config=render(regions.standby.code, {NAME: workload}),
        words=words(regions, database.pieces, database.zone_id),
        watched=database.watched,
    )
    active, standby = processing[regions.active.code], processing[regions.standby.code]
    return {
        **flat(NAME, workload),
        **operations.outputs,
        "primaryStream": active.stream.name,
        "standbyStream": standby.stream.name,
        "primaryService": active.service.name,
        "standbyService": standby.service.name,
        "primaryCache": active.cache.host,
        "standbyCache": standby.cache.host,
    }
