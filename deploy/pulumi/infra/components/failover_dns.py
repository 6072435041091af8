"""The clients' name for the writer: a PRIMARY record for the active Region, a SECONDARY for the other, and
the lever between them. drctl pulls it by a metric, in the standby Region: no call to Route 53's control
plane."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext, Regions
from .alarm import AT_LEAST, Limit, alarm

NAMESPACE = "drctl"
METRIC = "FailoverActive"


@dataclass(frozen=True)
class Name:
    """`fqdn` without the final dot, in the hosted zone `zone_id`."""

    zone_id: pulumi.Input[str]
    fqdn: str


def lever_alarm(left: RegionContext, watcher: RegionContext) -> str:
    """The name of the alarm in `watcher` that says whether drctl has left the other Region."""
    return watcher.name(f"leave-{left.code}")


class FailoverDns(pulumi.ComponentResource):
    """One lever for each direction, always both: `levers[code]` leaves the Region `code`, and its alarm
    stands in the other one. The PRIMARY record leads to the active Region and follows the lever that leaves
    it.

    That is what makes a change of roles safe. When `activeRegion` turns, the PRIMARY record turns first, to
    the new writer and to a lever that nobody has pulled; the SECONDARY, which waits for it, then leads back.
    At no moment does the name lead to the old writer. With one lever for both directions it would: that lever
    is still pulled then.
    """

    def __init__(self, regions: Regions, workload: str, name: Name, hosts: Mapping[str, pulumi.Input[str]]):
        super().__init__("drctl:infra:FailoverDns", regions.home.name("failover"), None)
        self.workload = workload
        self.fqdn = name.fqdn
        self.levers = {left.code: self._lever(left, watcher) for left, watcher in regions.pairs}
        primary = self._record(regions, name, "PRIMARY", hosts[regions.active.code], None)
        self._record(regions, name, "SECONDARY", hosts[regions.standby.code], primary)
        self.register_outputs({"name": name.fqdn})

    def dimensions(self, left: RegionContext) -> dict[str, str]:
        """What drctl puts on the metric to leave that Region."""
        return {"From": left.code, "Workload": self.workload}

    def _lever(self, left: RegionContext, watcher: RegionContext) -> aws.route53.HealthCheck:
        left_it = Limit(
            f"leave-{left.code}",
            NAMESPACE,
            METRIC,
            "Maximum",
            AT_LEAST,
            1,
            1,
            f"{self.workload} has left {left.code}",
            missing="ignore",
        )
        # It tells nobody: what drctl does, drctl tells.
        made, name = alarm(self, watcher, left_it, self.dimensions(left), None), lever_alarm(left, watcher)
        return aws.route53.HealthCheck(
            name,
            type="CLOUDWATCH_METRIC",
            cloudwatch_alarm_name=made.name,
            cloudwatch_alarm_region=watcher.code,
            # A gap after a failover must not move the traffic back.
            insufficient_data_health_status="LastKnownStatus",
            triggers={"threshold": "1"},
            tags=watcher.tags(Name=name),
            opts=watcher.options(self),
        )

    def _record(
        self,
        regions: Regions,
        name: Name,
        kind: str,
        host: pulumi.Input[str],
        after: pulumi.Resource | None,
    ) -> aws.route53.Record:
        place = regions.home
        return aws.route53.Record(
            place.name(f"writer-{kind.lower()}"),
            zone_id=name.zone_id,
            name=name.fqdn,
            type="CNAME",
            # Short: clients must follow within the minute.
            ttl=30,
            records=[host],
            set_identifier=kind.lower(),
            failover_routing_policies=[{"type": kind}],
            # None on the SECONDARY: when both are unhealthy Route 53 answers with the PRIMARY.
            health_check_id=self.levers[regions.active.code].id if kind == "PRIMARY" else None,
            opts=place.options(self, depends_on=[after] if after else None),
        )
