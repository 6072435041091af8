"""Whether a private database answers, as Route 53 can know it: a probe in its network leaves a metric, an
alarm watches that, and a health check follows the alarm. Route 53's own checkers come from the internet and
would never reach it."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext
from .alarm import BELOW, Limit, alarm
from .function import Function, Inside
from .keys import Key
from .network import Network

NAMESPACE = "drctl/databases"
# A health check takes the standard statistics only, in periods of 60 s or more.
UNREACHABLE = Limit(
    "database-reachable",
    NAMESPACE,
    "Reachable",
    "Minimum",
    BELOW,
    1,
    2,
    "the database does not answer the probe in its network",
    missing="breaching",
)


@dataclass(frozen=True)
class Probed:
    """The database: RDS's identifier, and where it listens."""

    identifier: pulumi.Input[str]
    host: pulumi.Input[str]
    port: int = 5432


class Reachability(pulumi.ComponentResource):
    """`health_check_id` is what drctl's witness `route53` reads. It is unhealthy without data: a Region that
    has gone silent no longer says that its database lives. One witness alone never starts a failover."""

    def __init__(
        self, region: RegionContext, database: Probed, network: Network, key: Key, topic: pulumi.Input[str]
    ) -> None:
        super().__init__("drctl:infra:Reachability", region.name("reachability"), None)
        Function(
            region,
            "database_probe",
            environment={
                "HOST": database.host,
                "PORT": str(database.port),
                "DATABASE": database.identifier,
                "NAMESPACE": NAMESPACE,
            },
            statements=[],
            key=key,
            timeout_seconds=20,
            inside=Inside(network, database.port),
        ).every("1 minute")
        alarmed = alarm(self, region, UNREACHABLE, {"Database": database.identifier}, topic)
        name = region.name(UNREACHABLE.thing)
        check = aws.route53.HealthCheck(
            name,
            type="CLOUDWATCH_METRIC",
            cloudwatch_alarm_name=alarmed.name,
            cloudwatch_alarm_region=region.code,
            insufficient_data_health_status="Unhealthy",
            # The check keeps the alarm as it was when it was made: a new threshold must reach it too.
            triggers={"threshold": str(UNREACHABLE.value), "periods": str(UNREACHABLE.samples)},
            tags=region.tags(Name=name),
            opts=region.options(self),
        )
        self.health_check_id: pulumi.Output[str] = check.id
        self.register_outputs({"healthCheckId": check.id})
