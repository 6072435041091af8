"""A shop, active-passive over two Regions: tasks behind a load balancer, few of them where nobody shops, a
database and media that are replicated, backups on both sides, a record of who did what, and drctl, which
moves the writer and with it the customers. Back within 15 minutes."""

from ..components.audit_trail import AuditTrail
from ..components.backups import Backups
from ..components.certificates import Certificates
from ..components.container_settings import ContainerSettings
from ..components.endpoint_failover import EndpointFailover
from ..components.failover_dns import Name
from ..components.keys import Key
from ..components.network import Network, ranges
from ..components.notifications import Topic
from ..components.operations import Operations, Surroundings
from ..components.ops_settings import OpsSettings
from ..components.peering import Peering
from ..components.public_name import PublicName
from ..components.replicated_bucket import ReplicatedBucket
from ..components.replicated_database import DatabaseSettings
from ..components.standby_capacity import StandbyCapacity
from ..components.storefront import Stock, Storefront
from ..controller import Policy, render
from ..outputs import Outputs
from ..protected_database import Ground, protected_database
from ..reader import Reader
from ..regions import Regions
from ..settings import Settings
from ..workloads import flat, replicated, words

NAME = "shop"
BACKUP_DAYS = 35


def build(settings: Settings, reader: Reader) -> Outputs:
    """Reads the stack's config, and registers everything."""
    database_settings = DatabaseSettings.read(reader, settings.production)
    # One at least: the standby's load balancer must answer Route 53's checks.
    containers = ContainerSettings.read(reader, "web", fewest_waiting=1)
    public = PublicName.read(reader, "shop")
    ops_settings = OpsSettings.read(reader)
    # RTO and RPO are the controller's limits.
    policy = Policy.read(reader, maximum_data_loss="5m", recovery_time=15)
    cidrs = ranges(reader)
    emails = reader.texts("emails", r"[^@\s,]+@[^@\s,]+", "an address to tell")
    reader.finish()

    regions = Regions.of(settings)
    both, home, away = regions.both, regions.home.code, regions.away.code
    services = ("cloudtrail", "cloudwatch", "events.rds", "logs")
    keys = {r.code: Key(r, "data", services) for r in both}
    topics = {r.code: Topic(r, keys[r.code], emails) for r in both}
    networks = {r.code: Network(r, cidr, outbound=True) for r, cidr in zip(both, cidrs, strict=True)}
    Peering(networks[home], networks[away])

    # Database replication; AWS Backup with cross-Region copies.
    database = protected_database(Ground(regions, keys, networks, topics), NAME, database_settings)
    instances = database.pieces.database.instances
    Backups(regions, keys, {code: i.arn for code, i in instances.items()}, keep_days=BACKUP_DAYS)

    # S3 replication.
    media = ReplicatedBucket(regions, "media", keys)

    # ALB and ECS. The standby is scaled down, and scaled up when drctl leaves the other Region.
    zone_id = public.zone_id(regions.home)
    certificates = Certificates(regions, "web", public.fqdn, zone_id)
    fronts = {}
    for region, other in ((regions.home, regions.away), (regions.away, regions.home)):
        code = region.code
        stock = Stock(
            database.pieces.dns.fqdn,
            database_settings.database,
            database_settings.secret,
            media.buckets[code],
            keys[code],
        )
        front = Storefront(networks[code], networks[other.code], containers, certificates.arns[code], stock)
        StandbyCapacity(front.service, other, keys[code])
        fronts[code] = front

    # Route 53 failover.
    endpoints = {code: f.endpoint for code, f in fronts.items()}
    EndpointFailover(regions, "shop", Name(zone_id, public.fqdn), endpoints, database.pieces.dns.levers)

    # CloudTrail and log retention.
    trails = {r.code: AuditTrail(r, keys[r.code]) for r in both}

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
    active, standby = regions.active.code, regions.standby.code
    return {
        **flat(NAME, workload),
        **operations.outputs,
        "recoveryTime": f"{policy.recovery_time}m",
        "maximumDataLoss": policy.maximum_data_loss,
        "shopUrl": f"https://{public.fqdn}",
        "primaryService": fronts[active].service.name,
        "standbyService": fronts[standby].service.name,
        "primaryMediaBucket": media.buckets[active].name,
        "standbyMediaBucket": media.buckets[standby].name,
        "primaryTrailBucket": trails[active].bucket.name,
        "standbyTrailBucket": trails[standby].bucket.name,
    }
