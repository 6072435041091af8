"""Payments, taken in either of two Regions. Each line below builds what its comment says."""

from ..components.api_failover import ApiFailover
from ..components.certificates import Certificates
from ..components.database_network import DatabaseNetwork
from ..components.failover_dns import FailoverDns, Name
from ..components.global_database import GlobalDatabase, GlobalDatabaseSettings
from ..components.global_table import GlobalTable
from ..components.keys import Key
from ..components.lag_alarms import LagAlarms
from ..components.network import Network, ranges
from ..components.notifications import Topic
from ..components.payment_validation import PaymentStores, payment_validation
from ..components.payments_dashboard import Watched, payments_dashboards
from ..components.peering import Peering
from ..components.private_zone import PrivateZone
from ..components.public_name import PublicName
from ..components.receipt_reconciliation import ReceiptReconciliation, Records
from ..components.regional_api import Callers, Domain, RegionalApi
from ..components.replicated_bucket import ReplicatedBucket
from ..outputs import Outputs
from ..reader import Reader
from ..regions import Regions
from ..settings import Settings

WORKLOAD = "payments"
ROUTES = ["POST /payments"]


def build(settings: Settings, reader: Reader) -> Outputs:
    """Reads the stack's config, and registers everything."""
    database_settings = GlobalDatabaseSettings.read(reader, settings.production)
    public = PublicName.read(reader)
    callers = Callers.read(reader)
    cidrs = ranges(reader)
    reader.finish()

    regions = Regions.of(settings)
    both = regions.both
    keys = {r.code: Key(r, "data", ("cloudwatch", "events.rds", "logs")) for r in both}
    topics = {r.code: Topic(r, keys[r.code]) for r in both}

    # VPCs over 3 availability zones with private subnets, endpoints for S3 and DynamoDB, and peering. One NAT
    # gateway in all: only the controller's host, in the standby Region, needs a way out.
    networks = {
        r.code: Network(r, cidr, zones=3, outbound=r is regions.standby)
        for r, cidr in zip(both, cidrs, strict=True)
    }
    home, away = networks[regions.home.code], networks[regions.away.code]
    Peering(home, away)

    # Aurora PostgreSQL global database.
    around = {home.region.code: DatabaseNetwork(home, away), away.region.code: DatabaseNetwork(away, home)}
    database = GlobalDatabase(regions, database_settings, around, keys)

    # DynamoDB global table: both Regions write, both recover to any point in time.
    table = GlobalTable(regions, "payments", {"paymentId": "S"}, keys)

    # S3 with cross-Region replication and versioning for audit logs and receipts.
    audit = ReplicatedBucket(regions, "audit", keys, keep_days=365)
    receipts = ReplicatedBucket(regions, "receipts", keys, keep_days=365)

    # Identical payment-validation functions in both Regions from one artefact.
    functions = {
        r.code: payment_validation(
            r,
            PaymentStores(
                table.name, table.arns[r.code], receipts.buckets[r.code], audit.buckets[r.code], keys[r.code]
            ),
            networks[r.code],
        )
        for r in both
    }

    # Roles with cross-Region assume permissions at least privilege: each Region fetches what was not
    # replicated.
    records = Records((audit, receipts), keys)
    ReceiptReconciliation(regions, records, {code: t.arn for code, t in topics.items()})

    # API Gateway in both Regions with a custom domain.
    zone_id = public.zone_id(regions.home)
    certificates = Certificates(regions, "api", public.fqdn, zone_id)
    apis = {
        r.code: RegionalApi(
            r,
            "api",
            Domain(public.fqdn, certificates.arns[r.code]),
            callers,
            functions[r.code],
            ROUTES,
            keys[r.code],
        )
        for r in both
    }

    # Route 53 failover routing with health checks of both Regions: the writer's private name, and the API's
    # public one.
    zone = PrivateZone(regions, f"{settings.environment_suffix}.{WORKLOAD}.internal", home, away)
    hosts = {code: c.endpoint for code, c in database.clusters.items()}
    dns = FailoverDns(regions, WORKLOAD, Name(zone.id, f"db.{zone.name}"), hosts)
    ApiFailover(regions, Name(zone_id, public.fqdn), apis, dns.levers)

    # Alarm on lag over 1 s to SNS; dashboards in both Regions with replication lag.
    lag = LagAlarms(regions, database, table, topics)
    watched = Watched(database.clusters, table.name, (audit, receipts), functions, apis)
    payments_dashboards(regions, watched, lag.limits)
    return {"globalCluster": database.identifier}
