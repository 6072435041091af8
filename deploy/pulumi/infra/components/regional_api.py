"""An HTTP API in one Region, under a domain name that both Regions' APIs bear: DNS decides who is asked."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from ..reader import Reader
from ..regions import RegionContext
from .endpoint_failover import Endpoint
from .function import Function
from .keys import Key
from .log import log_group

HEALTH = "/health"
# What is kept of a request: no header, no body, no query.
ACCESS = {
    "requestId": "$context.requestId",
    "at": "$context.requestTime",
    "route": "$context.routeKey",
    "status": "$context.status",
    "caller": "$context.authorizer.claims.sub",
    "latency": "$context.responseLatency",
}


@dataclass(frozen=True)
class Domain:
    """The shared name, and this Region's certificate for it."""

    name: str
    certificate_arn: pulumi.Input[str]


@dataclass(frozen=True)
class Callers:
    """Whoever has a token (JWT) of this issuer for this audience. It is good in both Regions, as a request
    signed for IAM would not be: that signature names one Region."""

    issuer: str
    audience: str

    @classmethod
    def read(cls, reader: Reader) -> "Callers":
        """The keys of a stack with an API."""
        return cls(
            issuer=reader.text(
                "tokenIssuer", r"https://[\w./-]{1,200}", "the issuer of the callers' tokens, an https:// URL"
            ),
            audience=reader.text("tokenAudience", r"[\w.:/-]{1,200}", "whom the callers' tokens are for"),
        )


class RegionalApi(pulumi.ComponentResource):
    """`routes` such as "POST /payments" need one of `callers`; `GET /health` needs nobody, as Route 53's
    checkers bring no token. `endpoint` is what a record leads to."""

    def __init__(
        self,
        region: RegionContext,
        thing: str,
        domain: Domain,
        callers: Callers,
        handler: Function,
        routes: Sequence[str],
        key: Key,
    ) -> None:
        super().__init__("drctl:infra:RegionalApi", region.name(thing), None)
        self._region, self._thing, self._key = region, thing, key
        name = region.name(thing)
        api = aws.apigatewayv2.Api(
            name, name=name, protocol_type="HTTP", tags=region.tags(), opts=region.options(self)
        )
        self.arn: pulumi.Output[str] = api.execution_arn
        self.id: pulumi.Output[str] = api.id
        health_host = pulumi.Output.concat(api.id, f".execute-api.{region.code}.amazonaws.com")
        self._serve(api, handler, routes, self._authorizer(api, callers))
        stage = self._stage(api)
        bound = aws.apigatewayv2.DomainName(
            name,
            domain_name=domain.name,
            domain_name_configuration={
                "certificate_arn": domain.certificate_arn,
                "endpoint_type": "REGIONAL",
                "security_policy": "TLS_1_2",
            },
            tags=region.tags(),
            opts=region.options(self),
        )
        aws.apigatewayv2.ApiMapping(
            name, api_id=api.id, domain_name=bound.id, stage=stage.id, opts=region.options(self)
        )
        configuration = bound.domain_name_configuration
        # Route 53's checkers ask this API itself, not the name that may lead to the other one.
        self.endpoint = Endpoint(
            check="HTTPS",
            host=health_host,
            port=443,
            path=HEALTH,
            target=configuration.target_domain_name,
            target_zone=configuration.hosted_zone_id,
        )
        self.register_outputs({"id": api.id})

    def _serve(
        self,
        api: aws.apigatewayv2.Api,
        handler: Function,
        routes: Sequence[str],
        authorizer: aws.apigatewayv2.Authorizer,
    ) -> None:
        region, name = self._region, self._region.name(self._thing)
        integration = aws.apigatewayv2.Integration(
            name,
            api_id=api.id,
            integration_type="AWS_PROXY",
            integration_uri=handler.function.invoke_arn,
            payload_format_version="2.0",
            opts=region.options(self),
        )
        for i, route in enumerate([f"GET {HEALTH}", *routes]):
            aws.apigatewayv2.Route(
                region.name(f"{self._thing}-{i}"),
                api_id=api.id,
                route_key=route,
                target=pulumi.Output.concat("integrations/", integration.id),
                authorization_type="JWT" if i else "NONE",
                authorizer_id=authorizer.id if i else None,
                opts=region.options(self),
            )
        aws.lambda_.Permission(
            name,
            action="lambda:InvokeFunction",
            function=handler.function.name,
            principal="apigateway.amazonaws.com",
            # This API alone; its stages and routes are its own business.
            source_arn=pulumi.Output.concat(api.execution_arn, "/*"),
            opts=region.options(self),
        )

    def _authorizer(self, api: aws.apigatewayv2.Api, callers: Callers) -> aws.apigatewayv2.Authorizer:
        name = self._region.name(self._thing)
        return aws.apigatewayv2.Authorizer(
            name,
            name=name,
            api_id=api.id,
            authorizer_type="JWT",
            identity_sources=["$request.header.Authorization"],
            jwt_configuration={"issuer": callers.issuer, "audiences": [callers.audience]},
            opts=self._region.options(self),
        )

    def _stage(self, api: aws.apigatewayv2.Api) -> aws.apigatewayv2.Stage:
        region, name = self._region, self._region.name(self._thing)
        log = log_group(self, region, self._thing, "/aws/apigateway", self._key)
        return aws.apigatewayv2.Stage(
            name,
            api_id=api.id,
            name="$default",
            auto_deploy=True,
            access_log_settings={"destination_arn": log.arn, "format": json.dumps(ACCESS)},
            # A burst beyond this is answered 429: the functions' shared concurrency stays for the others.
            default_route_settings={"throttling_burst_limit": 500, "throttling_rate_limit": 250},
            tags=region.tags(),
            opts=region.options(self),
        )
