"""A plant's machines, heard in either of two Regions: IoT Core, a stream and what reads it, the machines' hot
state in a global table, history in replicated buckets, and the registry of devices, whose database drctl
moves. Back within 15 minutes; machines within two."""

from ..components.certificates import Certificates
from ..components.endpoint_failover import EndpointFailover
from ..components.failover_dns import Name
from ..components.global_table import GlobalTable
from ..components.history import History
from ..components.ingestion import Ingestion
from ..components.keys import TABLES
from ..components.line_alarms import LineAlarms, LineSettings
from ..components.plant_dashboard import plant_dashboards
from ..components.public_name import PublicName
from ..components.replicated_bucket import ReplicatedBucket
from ..components.replicated_database import DatabaseSettings
from ..components.stream import Stream, shards
from ..components.stream_processing import Processed, StreamProcessing
from ..control import ControlSettings, control
from ..controller import REPLICA
from ..ground import GroundSettings, lay
from ..outputs import Outputs
from ..protected_database import protected_database
from ..reader import Reader
from ..settings import Settings

NAME = "plant"


def build(settings: Settings, reader: Reader) -> Outputs:
    """Reads the stack's config, and registers everything."""
    database_settings = DatabaseSettings.read(reader, settings.production)
    lines = LineSettings.read(reader)
    shard_count = shards(reader)
    public = PublicName.read(reader, "ingestion")
    control_settings = ControlSettings.read(reader, REPLICA)
    ground_settings = GroundSettings.read(reader)
    reader.finish()

    ground = lay(settings, ground_settings, services=(TABLES,))
    regions, keys = ground.regions, ground.keys

    # RDS for the registry of devices, with its replica.
    registry = protected_database(ground, NAME, database_settings)

    # Hot state in a DynamoDB global table: the newest reading of each machine, and what is usual for it.
    state = GlobalTable(regions, "state", {"machine": "S"}, keys, expires="expiresAt")

    # History in S3 with replication.
    history = ReplicatedBucket(regions, "history", keys, keep_days=365)

    # IoT Core rules to Kinesis, stream processing in Lambda: in both Regions, whichever the machines talk to.
    zone_id = public.zone_id(regions.home)
    certificates = Certificates(regions, "ingestion", public.fqdn, zone_id)
    ingestions, streams, processing = {}, {}, {}
    for region in regions.both:
        code, key, topic = region.code, keys[region.code], ground.topics[region.code].arn
        streams[code] = Stream(region, "readings", key, shard_count)
        processing[code] = StreamProcessing(region, Processed(streams[code], state, key), topic)
        History(region, streams[code], history.buckets[code], key)
        ingestions[code] = Ingestion(region, public.fqdn, certificates.arns[code], streams[code], key)
        # Alarms per line of machines.
        LineAlarms(region, lines, topic)

    # Failover of the ingestion endpoints.
    endpoints = {code: i.endpoint for code, i in ingestions.items()}
    EndpointFailover(regions, "ingestion", Name(zone_id, public.fqdn), endpoints, registry.dns.levers)
    functions = {code: p.function for code, p in processing.items()}
    boards = plant_dashboards(regions, lines, streams, functions, state.name)

    # drctl, in the standby Region.
    active, standby = regions.active.code, regions.standby.code
    return {
        **control(ground, control_settings, registry),
        "ingestionHost": public.fqdn,
        "ingestionTopic": f"{ingestions[active].plant}/LINE/MACHINE/telemetry",
        "machinePolicy": ingestions[active].policy.name,
        "table": state.name,
        "primaryHistoryBucket": history.buckets[active].name,
        "standbyHistoryBucket": history.buckets[standby].name,
        "dashboards": ",".join(b.name for b in boards),
    }
