"""The API's one public name: a PRIMARY alias for the active Region, a SECONDARY for the other, and a health
check on each Region's own endpoint."""

from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext, Regions
from .failover_dns import Name
from .regional_api import HEALTH, RegionalApi


class ApiFailover(pulumi.ComponentResource):
    """The PRIMARY follows both the active Region's endpoint and the lever that leaves that Region: the API
    moves when its Region no longer serves it, and when drctl moves the writer. As with the database's name,
    the PRIMARY turns first when `activeRegion` does."""

    def __init__(
        self,
        regions: Regions,
        name: Name,
        apis: Mapping[str, RegionalApi],
        levers: Mapping[str, aws.route53.HealthCheck],
    ) -> None:
        super().__init__("drctl:infra:ApiFailover", regions.home.name("api-failover"), None)
        self._home, self._public = regions.home, name
        self.checks = {r.code: self._endpoint(r, apis[r.code]) for r in regions.both}
        active, standby = regions.active, regions.standby
        both = self._both(active, [self.checks[active.code], levers[active.code]])
        primary = self._record("PRIMARY", apis[active.code], both, None)
        self._record("SECONDARY", apis[standby.code], self.checks[standby.code], primary)
        self.register_outputs({"name": name.fqdn})

    def _endpoint(self, region: RegionContext, api: RegionalApi) -> aws.route53.HealthCheck:
        name = region.name("api")
        return aws.route53.HealthCheck(
            name,
            type="HTTPS",
            fqdn=api.health_host,
            port=443,
            resource_path=HEALTH,
            enable_sni=True,
            # 3 answers in a row, 10 s apart: half a minute to notice.
            request_interval=10,
            failure_threshold=3,
            measure_latency=True,
            tags=region.tags(Name=name),
            opts=region.options(self),
        )

    def _both(self, region: RegionContext, checks: list[aws.route53.HealthCheck]) -> aws.route53.HealthCheck:
        name = region.name("api-and-lever")
        return aws.route53.HealthCheck(
            name,
            type="CALCULATED",
            child_healthchecks=[c.id for c in checks],
            child_health_threshold=len(checks),
            tags=region.tags(Name=name),
            opts=region.options(self),
        )

    def _record(
        self, kind: str, api: RegionalApi, check: aws.route53.HealthCheck, after: pulumi.Resource | None
    ) -> aws.route53.Record:
        return aws.route53.Record(
            self._home.name(f"api-{kind.lower()}"),
            zone_id=self._public.zone_id,
            name=self._public.fqdn,
            type="A",
            aliases=[{"name": api.target, "zone_id": api.target_zone, "evaluate_target_health": False}],
            set_identifier=kind.lower(),
            failover_routing_policies=[{"type": kind}],
            health_check_id=check.id,
            opts=self._home.options(self, depends_on=[after] if after else None),
        )
