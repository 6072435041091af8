"""Payments, taken in either of two Regions: an Aurora global database, a global table, replicated buckets, an
API in both Regions under one name, and drctl, which moves the writer. Back within 5 minutes."""

from ..components.certificates import Certificates
from ..components.endpoint_failover import EndpointFailover
from ..components.failover_dns import Name
from ..components.global_database import GlobalDatabaseSettings
from ..components.global_table import GlobalTable
from ..components.keys import TABLES
from ..components.lag_alarms import LagAlarms
from ..components.payment_validation import PaymentStores, payment_validation
from ..components.payments_dashboard import Watched, payments_dashboards
from ..components.public_name import PublicName
from ..components.receipt_reconciliation import ReceiptReconciliation, Records
from ..components.regional_api import Callers, Domain, RegionalApi
from ..components.replicated_bucket import ReplicatedBucket
from ..control import ControlSettings, control
from ..controller import GLOBAL_DATABASE
from ..ground import GroundSettings, lay
from ..outputs import Outputs
from ..protected_global_database import protected_global_database
from ..reader import Reader
from ..settings import Settings

NAME = "payments"
ROUTES = ["POST /payments"]


def build(settings: Settings, reader: Reader) -> Outputs:
    """Reads the stack's config, and registers everything."""
    database_settings = GlobalDatabaseSettings.read(reader, settings.production)
    public = PublicName.read(reader, "api")
    callers = Callers.read(reader)
    control_settings = ControlSettings.read(reader, GLOBAL_DATABASE)
    ground_settings = GroundSettings.read(reader)
    reader.finish()

    # VPCs over 3 availability zones with private subnets, endpoints for S3 and DynamoDB, and peering. One NAT
    # gateway in all: only drctl's host, in the standby Region, needs a way out.
    ground = lay(settings, ground_settings, services=(TABLES,), zones=3)
    regions, keys, networks, topics = ground.regions, ground.keys, ground.networks, ground.topics
    both = regions.both

    # Aurora PostgreSQL global database, and the writer's private name: Route 53 failover routing with health
    # checks of both Regions.
    protected = protected_global_database(ground, NAME, database_settings)
    database, dns = protected.database, protected.dns

    # DynamoDB global table: both Regions write, both recover to any point in time.
    table = GlobalTable(regions, "payments", {"paymentId": "S"}, keys)

    # S3 with cross-Region replication and versioning for audit logs and receipts.
    audit = ReplicatedBucket(regions, "audit", keys, keep_days=365)
    receipts = ReplicatedBucket(regions, "receipts", keys, keep_days=365)

    # Identical payment-validation functions in both Regions from one artefact.
    functions = {}
    for region in both:
        code = region.code
        stores = PaymentStores(
            table.name, table.arns[code], receipts.buckets[code], audit.buckets[code], keys[code]
        )
        functions[code] = payment_validation(region, stores, networks[code])

    # Roles with cross-Region assume permissions at least privilege: each Region fetches what was not
    # replicated.
    records = Records((audit, receipts), keys)
    ReceiptReconciliation(regions, records, {code: t.arn for code, t in topics.items()})

    # API Gateway in both Regions with a custom domain.
    zone_id = public.zone_id(regions.home)
    arns = Certificates(regions, "api", public.fqdn, zone_id).arns
    apis = {
        code: RegionalApi(
            region, "api", Domain(public.fqdn, arns[code]), callers, functions[code], ROUTES, keys[code]
        )
        for region, code in ((r, r.code) for r in both)
    }

    # The API's public name, in the same way.
    endpoints = {code: api.endpoint for code, api in apis.items()}
    EndpointFailover(regions, "api", Name(zone_id, public.fqdn), endpoints, dns.levers)

    # Alarm on lag over 1 s to SNS; dashboards in both Regions with replication lag.
    lag = LagAlarms(regions, database, table, topics)
    boards = payments_dashboards(
        regions, Watched(database.clusters, table.name, (audit, receipts), functions, apis), lag.limits
    )

    # drctl, in the standby Region.
    active, standby, groups = regions.active.code, regions.standby.code, protected.guard.networks
    return {
        **control(ground, control_settings, protected),
        "primaryDatabaseGroup": groups[active].clients.id,
        "standbyDatabaseGroup": groups[standby].clients.id,
        "apiUrl": f"https://{public.fqdn}",
        "table": table.name,
        "primaryAuditBucket": audit.buckets[active].name,
        "standbyAuditBucket": audit.buckets[standby].name,
        "primaryReceiptBucket": receipts.buckets[active].name,
        "standbyReceiptBucket": receipts.buckets[standby].name,
        "dashboards": ",".join(b.name for b in boards),
    }
