"""Payments, taken in either of two Regions: an Aurora global database, a global table, replicated buckets, an
API in both Regions under one name, and drctl, which moves the writer. Back within 5 minutes."""

from ..components.certificates import Certificates
from ..components.database_network import DatabaseNetwork
from ..components.endpoint_failover import EndpointFailover
from ..components.failover_dns import FailoverDns, Name
from ..components.global_database import GlobalDatabase, GlobalDatabaseSettings
from ..components.global_table import GlobalTable
from ..components.keys import TABLES, Key
from ..components.lag_alarms import LagAlarms
from ..components.network import Network, ranges
from ..components.notifications import Topic
from ..components.operations import Operations, Surroundings, WatchedDatabase
from ..components.ops_settings import OpsSettings
from ..components.payment_validation import PaymentStores, payment_validation
from ..components.payments_dashboard import Watched, payments_dashboards
from ..components.peering import Peering
from ..components.private_zone import PrivateZone
from ..components.public_name import PublicName
from ..components.reachability import NAMESPACE, Probed, Reachability
from ..components.receipt_reconciliation import ReceiptReconciliation, Records
from ..components.regional_api import Callers, Domain, RegionalApi
from ..components.replicated_bucket import ReplicatedBucket
from ..controller import Policy, render
from ..global_workloads import GlobalPieces, global_words, spanning
from ..outputs import Outputs
from ..reader import Reader
from ..regions import Regions
from ..settings import Settings
from ..workloads import flat

NAME = "payments"
ROUTES = ["POST /payments"]


def build(settings: Settings, reader: Reader) -> Outputs:
    """Reads the stack's config, and registers everything."""
    database_settings = GlobalDatabaseSettings.read(reader, settings.production)
    public = PublicName.read(reader, "api")
    callers = Callers.read(reader)
    ops_settings = OpsSettings.read(reader)
    policy = Policy.read(reader, maximum_data_loss="3m")
    cidrs = ranges(reader)
    emails = reader.texts("emails", r"[^@\s,]+@[^@\s,]+", "an address to tell")
    reader.finish()

    regions = Regions.of(settings)
    both, home, away = regions.both, regions.home.code, regions.away.code
    keys = {r.code: Key(r, "data", ("cloudwatch", "events.rds", "logs", TABLES)) for r in both}
    topics = {r.code: Topic(r, keys[r.code], emails) for r in both}

    # VPCs over 3 availability zones with private subnets, endpoints for S3 and DynamoDB, and peering. One NAT
    # gateway in all: only drctl's host, in the standby Region, needs a way out.
    networks = {
        r.code: Network(r, cidr, zones=3, outbound=r is regions.standby)
        for r, cidr in zip(both, cidrs, strict=True)
    }
    Peering(networks[home], networks[away])

    # Aurora PostgreSQL global database. A standby's cluster answers on its reader endpoint alone.
    around = {
        home: DatabaseNetwork(networks[home], networks[away]),
        away: DatabaseNetwork(networks[away], networks[home]),
    }
    database = GlobalDatabase(regions, database_settings, around, keys)
    clusters = database.clusters
    checks = {}
    for region in both:
        cluster, code = clusters[region.code], region.code
        host = cluster.endpoint if region.is_active else cluster.reader_endpoint
        probed = Probed(cluster.cluster_identifier, host)
        reached = Reachability(region, probed, networks[code], keys[code], topics[code].arn)
        checks[code] = reached.health_check_id

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

    # Route 53 failover routing with health checks of both Regions: the writer's private name, and the API's
    # public one.
    zone = PrivateZone(
        regions, f"{settings.environment_suffix}.{NAME}.internal", networks[home], networks[away]
    )
    hosts = {code: cluster.endpoint for code, cluster in clusters.items()}
    dns = FailoverDns(regions, NAME, Name(zone.id, f"db.{zone.name}"), hosts)
    endpoints = {code: api.endpoint for code, api in apis.items()}
    EndpointFailover(regions, "api", Name(zone_id, public.fqdn), endpoints, dns.levers)

    # Alarm on lag over 1 s to SNS; dashboards in both Regions with replication lag.
    lag = LagAlarms(regions, database, table, topics)
    boards = payments_dashboards(
        regions, Watched(clusters, table.name, (audit, receipts), functions, apis), lag.limits
    )

    # drctl, in the standby Region.
    pieces = GlobalPieces(NAME, database, around, checks, dns, topics)
    probe_user = ops_settings.probe_user if ops_settings.probe_secret else ""
    workload = spanning(regions, pieces, policy, probe_user)
    operations = Operations(
        regions,
        ops_settings,
        Surroundings(networks, keys, topics),
        workload=NAME,
        config=render(regions.standby.code, {NAME: workload}),
        words=global_words(regions, pieces, zone.id),
        watched=[
            WatchedDatabase(
                r.code,
                clusters[r.code].cluster_identifier,
                NAMESPACE,
                None if r.is_active else lag.limits["database"] / 1000,
                cluster=True,
            )
            for r in both
        ],
    )
    active, standby = regions.active.code, regions.standby.code
    return {
        **flat(NAME, workload),
        **operations.outputs,
        "primaryDatabaseGroup": around[active].clients.id,
        "standbyDatabaseGroup": around[standby].clients.id,
        "apiUrl": f"https://{public.fqdn}",
        "table": table.name,
        "primaryAuditBucket": audit.buckets[active].name,
        "standbyAuditBucket": audit.buckets[standby].name,
        "primaryReceiptBucket": receipts.buckets[active].name,
        "standbyReceiptBucket": receipts.buckets[standby].name,
        "dashboards": ",".join(b.name for b in boards),
    }
