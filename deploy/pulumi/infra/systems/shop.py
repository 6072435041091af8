"""A shop, active-passive over two Regions: tasks behind a load balancer, few of them where nobody shops, a
database and media that are replicated, backups on both sides, a record of who did what, and drctl, which
moves the writer, raises the tasks, and leads the customers there. Back within 15 minutes."""

from ..components.audit_trail import AuditTrail
from ..components.backups import Backups
from ..components.certificates import Certificates
from ..components.container_settings import ContainerSettings
from ..components.endpoint_failover import EndpointFailover
from ..components.failover_dns import Name
from ..components.public_name import PublicName
from ..components.replicated_bucket import ReplicatedBucket
from ..components.replicated_database import DatabaseSettings
from ..components.storefront import Stock, Storefront
from ..control import ControlSettings, control
from ..controller import SERVED_REPLICA
from ..ground import GroundSettings, lay
from ..outputs import Outputs
from ..protected_database import protected_database
from ..reader import Reader
from ..settings import Settings

NAME = "shop"
BACKUP_DAYS = 35


def build(settings: Settings, reader: Reader) -> Outputs:
    """Reads the stack's config, and registers everything."""
    database_settings = DatabaseSettings.read(reader, settings.production)
    # One at least: the standby's load balancer must answer Route 53's checks.
    containers = ContainerSettings.read(reader, "web", fewest_waiting=1)
    public = PublicName.read(reader, "shop")
    # RTO and RPO are the controller's limits.
    control_settings = ControlSettings.read(reader, SERVED_REPLICA)
    ground_settings = GroundSettings.read(reader)
    reader.finish()

    ground = lay(settings, ground_settings, services=("cloudtrail",), outbound="both")
    regions, keys, networks = ground.regions, ground.keys, ground.networks

    # Database replication; AWS Backup with cross-Region copies.
    database = protected_database(ground, NAME, database_settings)
    instances = database.database.instances
    Backups(regions, keys, {code: i.arn for code, i in instances.items()}, keep_days=BACKUP_DAYS)

    # S3 replication.
    media = ReplicatedBucket(regions, "media", keys)

    # ALB and ECS. The standby is scaled down, and scaled up by a step of drctl's plan.
    zone_id = public.zone_id(regions.home)
    certificates = Certificates(regions, "web", public.fqdn, zone_id)
    fronts = {}
    for region, other in regions.pairs:
        code = region.code
        stock = Stock(
            database.dns.fqdn,
            database_settings.database,
            database_settings.secret,
            media.buckets[code],
            keys[code],
        )
        fronts[code] = Storefront(
            networks[code], networks[other.code], containers, certificates.arns[code], stock
        )

    # Route 53 failover.
    endpoints = {code: f.endpoint for code, f in fronts.items()}
    EndpointFailover(regions, "shop", Name(zone_id, public.fqdn), endpoints, database.dns.levers)

    # CloudTrail and log retention.
    trails = {r.code: AuditTrail(r, keys[r.code]) for r in regions.both}

    # drctl, in the standby Region.
    active, standby = regions.active.code, regions.standby.code
    return {
        **control(ground, control_settings, database, [f.service.capacity for f in fronts.values()]),
        "shopUrl": f"https://{public.fqdn}",
        "primaryService": fronts[active].service.name,
        "standbyService": fronts[standby].service.name,
        "primaryMediaBucket": media.buckets[active].name,
        "standbyMediaBucket": media.buckets[standby].name,
        "primaryTrailBucket": trails[active].bucket.name,
        "standbyTrailBucket": trails[standby].bucket.name,
    }
