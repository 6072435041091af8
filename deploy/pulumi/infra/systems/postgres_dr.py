"""PostgreSQL in one Region, its read replica in another; health checks and failover records that suit a
private database; alarms; daily snapshots copied across; and drctl, which fails it over. Back within 15
minutes."""

from ..components.backups import Backups
from ..components.replicated_bucket import ReplicatedBucket
from ..components.replicated_database import DatabaseSettings
from ..control import ControlSettings, control
from ..controller import REPLICA
from ..ground import GroundSettings, lay
from ..outputs import Outputs
from ..protected_database import protected_database
from ..reader import Reader
from ..settings import Settings

NAME = "postgres-dr"


def build(settings: Settings, reader: Reader) -> Outputs:
    """Reads the stack's config, and registers everything."""
    database_settings = DatabaseSettings.read(reader, settings.production)
    control_settings = ControlSettings.read(reader, REPLICA)
    ground_settings = GroundSettings.read(reader)
    reader.finish()

    ground = lay(settings, ground_settings)
    regions, keys = ground.regions, ground.keys
    active, standby = regions.active.code, regions.standby.code

    # The writer and its replica, with what watches them, and the clients' name.
    database = protected_database(ground, NAME, database_settings)

    # A copy of each day's snapshot in the other Region, and buckets for those that are exported.
    instances = database.database.instances
    Backups(regions, keys, {code: instance.arn for code, instance in instances.items()})
    snapshots = ReplicatedBucket(regions, "snapshots", keys)

    # drctl, in the standby Region.
    return {
        **control(ground, control_settings, database),
        "primarySnapshotBucket": snapshots.buckets[active].name,
        "standbySnapshotBucket": snapshots.buckets[standby].name,
    }
