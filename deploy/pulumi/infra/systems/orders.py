"""Event-driven order processing: a stream of orders, tasks that take them in, PostgreSQL with a replica in
the second Region, where everything else stands ready as well, and drctl, which moves the writer. Back within
15 minutes."""

from ..components.cache import CacheSettings
from ..components.container_settings import ContainerSettings
from ..components.order_processing import OrderProcessing, OrderSettings
from ..components.processing_alarms import ProcessingAlarms
from ..components.replicated_database import DatabaseSettings
from ..components.rotation import Opened, Rotation
from ..components.standby_capacity import StandbyCapacity
from ..components.stream import shards
from ..control import ControlSettings, control
from ..controller import REPLICA
from ..ground import GroundSettings, lay
from ..outputs import Outputs
from ..protected_database import protected_database
from ..reader import Reader
from ..settings import Settings

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
    control_settings = ControlSettings.read(reader, REPLICA)
    ground_settings = GroundSettings.read(reader)
    reader.finish()

    # Private subnets behind NAT, in both Regions: the standby's tasks must be able to start on their own.
    ground = lay(settings, ground_settings, outbound="both")
    regions, keys, networks = ground.regions, ground.keys, ground.networks

    # RDS PostgreSQL, its replica in the second Region.
    database = protected_database(ground, NAME, database_settings)
    fqdn = database.dns.fqdn

    # In each Region: a Kinesis stream, processors on ECS Fargate, Redis encrypted at rest and in transit. The
    # standby service is small, and grows while drctl promotes its database.
    processing = {}
    for region, other in regions.pairs:
        code, key = region.code, keys[region.code]
        made = OrderProcessing(networks[code], networks[other.code], order_settings, fqdn, key)
        ProcessingAlarms(region, made, ground.topics[code].arn)
        StandbyCapacity(made.service, other, database.database.instances[code], key)
        processing[code] = made

    # Credentials in Secrets Manager, rotated every 30 days.
    opened = Opened(
        database.database,
        database_settings.secret,
        {code: p.cache for code, p in processing.items()},
        order_settings.cache.secret,
    )
    Rotation(regions, opened, keys[regions.active.code])

    # drctl, in the standby Region.
    active, standby = processing[regions.active.code], processing[regions.standby.code]
    return {
        **control(ground, control_settings, database),
        "primaryStream": active.stream.name,
        "standbyStream": standby.stream.name,
        "primaryService": active.service.name,
        "standbyService": standby.service.name,
        "primaryCache": active.cache.host,
        "standbyCache": standby.cache.host,
    }
