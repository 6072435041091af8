"""drctl for a system: its configuration, its host, the webhook's entrance, and the watchers that call it."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi

from .. import iam
from ..ground import Ground
from ..outputs import Outputs
from ..permissions import Words, controller_statements
from ..regions import RegionContext, Regions
from .entrance import Entrance
from .existing_secret import may_unlock
from .function import Function
from .keys import Key
from .ops_files import OpsFiles
from .ops_host import OpsHost, journal_volume
from .ops_settings import OpsSettings


@dataclass(frozen=True)
class WatchedDatabase:
    """What the watchers look at. `lag_limit` in seconds, for a replica; `cluster` for Aurora, which
    replicates from the Region `source`."""

    region: str
    identifier: pulumi.Input[str]
    namespace: str
    lag_limit: float | None
    cluster: bool = False
    source: str | None = None


class Operations(pulumi.ComponentResource):
    """`outputs` for the stack. The host stands in what is the standby Region now: after a change of roles a
    new one is made there, since the old one stands where it would have to be evacuated from."""

    def __init__(
        self,
        ground: Ground,
        settings: OpsSettings,
        *,
        workload: str,
        config: pulumi.Output[str],
        words: Words,
        watched: Sequence[WatchedDatabase],
    ) -> None:
        regions = ground.regions
        super().__init__("drctl:infra:Operations", regions.home.name("operations"), None)
        here = regions.standby
        network, key = ground.networks[here.code], ground.keys[here.code]
        self.entrance = Entrance(network, settings)
        journal = journal_volume(self, network, key)
        topics = [ground.topics[r.code] for r in regions.both]
        asks = Asks([t.arn for t in topics], f"{self.entrance.url}/hooks/sns")
        files = OpsFiles(here, key, config, _environment(regions, settings, journal.id, asks))
        host = OpsHost(
            network,
            settings,
            self.entrance,
            files,
            journal,
            key,
            may=[*controller_statements(words), _topic_keys(ground)],
            host_may=[*_host_statements(here, settings, files, key), asks.statement()],
            reaches=[ground.networks[r.code] for r in regions.both],
        )
        for region in regions.both:
            ground.topics[region.code].tell("notices-hook", asks.url, after=[host])
            seen = [w for w in watched if region is here or w.region == region.code]
            self._watch(region, settings, ground.keys[region.code], workload, seen)
        self.outputs: Outputs = {
            "hookUrl": self.entrance.url,
            "hostRegion": here.code,
            "hostInstance": host.instance.id,
            "hostBucket": files.bucket.name,
            "controllerConfig": config,
        }
        self.register_outputs({})

    def _watch(
        self,
        region: RegionContext,
        settings: OpsSettings,
        key: Key,
        workload: str,
        watched: Sequence[WatchedDatabase],
    ) -> None:
        listed = pulumi.Output.json_dumps([vars(w) for w in watched])
        databases = [_database_arn(region, w) for w in watched]
        Function(
            region,
            "database_watch",
            environment={
                "WORKLOAD": workload,
                "WATCHED": listed,
                "HOOK_URL": f"{self.entrance.url}/hooks/generic",
                "HOOK_SECRET": settings.hook_secret,
            },
            statements=[
                iam.Statement("LookAtDatabases", sorted({_describe(w) for w in watched}), databases),
                iam.Statement("ReadMetrics", ["cloudwatch:GetMetricData"], ["*"]),
                _secrets(region, [settings.hook_secret]),
                *may_unlock(region),
            ],
            key=key,
            # It ends by itself after 85 s at the worst.
            timeout_seconds=120,
        ).every("1 minute")


@dataclass(frozen=True)
class Asks:
    """The topics whose alarms the webhook hears, at `url`. The stack subscribes it, and SNS wants that
    confirmed within a minute or so, when a new host does not answer yet: so the host itself asks again
    (host/drctl-refresh) until it is."""

    topics: Sequence[pulumi.Output[str]]
    url: str

    def statement(self) -> iam.Statement:
        """That one address, to those topics."""
        only = {"StringEquals": {"sns:Protocol": "https", "sns:Endpoint": self.url}}
        return iam.Statement("AskForAlarms", ["sns:Subscribe"], self.topics, conditions=only)


def _environment(
    regions: Regions, settings: OpsSettings, volume: pulumi.Output[str], asks: Asks
) -> dict[str, pulumi.Input[str]]:
    return {
        "TOPICS": pulumi.Output.all(*asks.topics).apply(" ".join),
        "HOOK_URL": asks.url,
        "REGIONS": " ".join(r.code for r in regions.both),
        "VOLUME": volume,
        "PACKAGE": settings.package,
        "PACKAGE_SHA256": settings.package_sha256,
        "PACKAGE_REGION": regions.standby.code,
        "HOOK_SECRET": settings.hook_secret,
        "PROBE_SECRET": settings.probe_secret,
    }


def _host_statements(
    region: RegionContext, settings: OpsSettings, files: OpsFiles, key: Key
) -> list[iam.Statement]:
    """What the machine itself needs: its files, its package, and the secrets that it hands to drctl."""
    bucket = files.bucket.arn
    via_s3 = {"StringEquals": {"kms:ViaService": f"s3.{region.code}.amazonaws.com"}}
    return [
        iam.Statement(
            "FetchFiles",
            ["s3:GetObject"],
            [
                bucket.apply(lambda a: f"{a}/host/*"),
                bucket.apply(lambda a: f"{a}/config.yaml"),
                f"arn:aws:s3:::{settings.package.removeprefix('s3://')}",
            ],
        ),
        iam.Statement("ListFiles", ["s3:ListBucket"], [bucket]),
        iam.Statement("ReadFilesKey", ["kms:Decrypt"], [key.arn], conditions=via_s3),
        _secrets(region, [s for s in (settings.hook_secret, settings.probe_secret) if s]),
        *may_unlock(region),
    ]


def _topic_keys(ground: Ground) -> iam.Statement:
    """Publishing to a topic that is encrypted with a key of one's own: docs/iam.md."""
    both = ground.regions.both
    hosts = [f"sns.{r.code}.amazonaws.com" for r in both]
    return iam.Statement(
        "UseTopicKeys",
        ["kms:Decrypt", "kms:GenerateDataKey"],
        [ground.keys[r.code].arn for r in both],
        conditions={"StringEquals": {"kms:ViaService": hosts}},
    )


def _secrets(region: RegionContext, names: Sequence[str]) -> iam.Statement:
    """Secrets Manager puts six characters behind a secret's name, which only it knows."""
    arns = [
        pulumi.Output.format(
            "arn:aws:secretsmanager:{0}:{1}:secret:{2}-??????", region.code, region.account, name
        )
        for name in names
    ]
    return iam.Statement("ReadSecrets", ["secretsmanager:GetSecretValue"], arns)


def _describe(watched: WatchedDatabase) -> str:
    return "rds:DescribeDBClusters" if watched.cluster else "rds:DescribeDBInstances"


def _database_arn(region: RegionContext, watched: WatchedDatabase) -> pulumi.Output[str]:
    kind = "cluster" if watched.cluster else "db"
    return pulumi.Output.format(
        "arn:aws:rds:{0}:{1}:{2}:{3}", watched.region, region.account, kind, watched.identifier
    )
