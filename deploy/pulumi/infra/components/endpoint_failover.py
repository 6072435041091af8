"""The one public name of an endpoint that both Regions have: a PRIMARY record for the active Region, a
SECONDARY for the other, and a health check on each Region's own endpoint."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pulumi
import pulumi_aws as aws

from ..regions import RegionContext, Regions
from .failover_dns import Name

# Clients must follow within the minute.
SHORT_SECONDS = 30


@dataclass(frozen=True)
class Endpoint:
    """A Region's own. `host`, `port` and, for HTTPS, `path` are what Route 53's checkers ask; `target` is
    where the name leads, with its `target_zone` where AWS lets an alias lead there."""

    check: Literal["HTTPS", "TCP"]
    host: pulumi.Input[str]
    port: int
    path: str | None
    target: pulumi.Input[str]
    target_zone: pulumi.Input[str] | None


class EndpointFailover(pulumi.ComponentResource):
    """The PRIMARY follows both the active Region's endpoint and the lever that leaves that Region: clients
    move when their Region no longer serves them, and when drctl moves the writer. As with the database's
    name, the PRIMARY turns first when `activeRegion` does."""

    def __init__(
        self,
        regions: Regions,
        thing: str,
        name: Name,
        endpoints: Mapping[str, Endpoint],
        levers: Mapping[str, aws.route53.HealthCheck],
    ) -> None:
        super().__init__("drctl:infra:EndpointFailover", regions.home.name(f"{thing}-failover"), None)
        self._home, self._thing, self._public = regions.home, thing, name
        self.checks = {r.code: self._check(r, endpoints[r.code]) for r in regions.both}
        active, standby = regions.active, regions.standby
        both = self._both(active, [self.checks[active.code], levers[active.code]])
        primary = self._record("PRIMARY", endpoints[active.code], both, None)
        self._record("SECONDARY", endpoints[standby.code], self.checks[standby.code], primary)
        self.register_outputs({"name": name.fqdn})

    def _check(self, region: RegionContext, endpoint: Endpoint) -> aws.route53.HealthCheck:
        name = region.name(self._thing)
        return aws.route53.HealthCheck(
            name,
            type=endpoint.check,
            fqdn=endpoint.host,
            port=endpoint.port,
            resource_path=endpoint.path,
            enable_sni=True if endpoint.check == "HTTPS" else None,
            # 3 answers in a row, 10 s apart: half a minute to notice.
            request_interval=10,
            failure_threshold=3,
            measure_latency=True,
            tags=region.tags(Name=name),
            opts=region.options(self),
        )

    def _both(self, region: RegionContext, checks: list[aws.route53.HealthCheck]) -> aws.route53.HealthCheck:
        name = region.name(f"{self._thing}-and-lever")
        return aws.route53.HealthCheck(
            name,
            type="CALCULATED",
            child_healthchecks=[c.id for c in checks],
            child_health_threshold=len(checks),
            tags=region.tags(Name=name),
            opts=region.options(self),
        )

    def _record(
        self, kind: str, endpoint: Endpoint, check: aws.route53.HealthCheck, after: pulumi.Resource | None
    ) -> aws.route53.Record:
        # An alias has neither a value nor a time to live of its own.
        leads: dict[str, Any] = {"type": "CNAME", "records": [endpoint.target], "ttl": SHORT_SECONDS}
        if endpoint.target_zone is not None:
            alias = {
                "name": endpoint.target,
                "zone_id": endpoint.target_zone,
                "evaluate_target_health": False,
            }
            leads = {"type": "A", "aliases": [alias]}
        return aws.route53.Record(
            self._home.name(f"{self._thing}-{kind.lower()}"),
            zone_id=self._public.zone_id,
            name=self._public.fqdn,
            set_identifier=kind.lower(),
            failover_routing_policies=[{"type": kind}],
            health_check_id=check.id,
            opts=self._home.options(self, depends_on=[after] if after else None),
            **leads,
        )
