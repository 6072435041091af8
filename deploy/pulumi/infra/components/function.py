"""A Lambda function: its sources from functions/, its role, its log, and what makes it run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .groups import Way, let_out, security_group
from .keys import Key
from .log import log_group
from .network import Network

RUNTIME = "python3.13"
SOURCES = "functions"


@dataclass(frozen=True)
class Inside:
    """The private network that a function runs in, and what it may reach from there: one port of the
    network, and AWS services by the network's gateway endpoints (`s3`, `dynamodb`)."""

    network: Network
    port: int | None = None
    services: tuple[str, ...] = ()


class Function(pulumi.ComponentResource):
    """`source` is the folder under functions/. Its log is kept for 30 days, encrypted with `key`."""

    def __init__(
        self,
        region: RegionContext,
        source: str,
        *,
        environment: Mapping[str, pulumi.Input[str]],
        statements: Sequence[iam.Statement],
        key: Key,
        timeout_seconds: int,
        inside: Inside | None = None,
    ) -> None:
        thing = source.replace("_", "-")
        super().__init__("drctl:infra:Function", region.name(thing), None)
        self.region = region
        self.thing = thing
        name = region.name(thing)
        self.log = log_group(self, region, thing, "/aws/lambda", key)
        own = [
            iam.Statement(
                "WriteLog", ["logs:CreateLogStream", "logs:PutLogEvents"], [self.log.arn.apply(_streams)]
            )
        ]
        place = None
        if inside:
            group = self._group(inside)
            own += _interfaces(region, inside.network, group)
            place = aws.lambda_.FunctionVpcConfigArgs(
                subnet_ids=inside.network.private_ids, security_group_ids=[group.id]
            )
        self.role = iam.role(
            region,
            thing,
            "lambda.amazonaws.com",
            {"run": own, **({"do": statements} if statements else {})},
            self,
        )
        self.function = aws.lambda_.Function(
            name,
            name=name,
            role=self.role.arn,
            runtime=RUNTIME,
            architectures=["arm64"],
            code=_archive(source),
            handler=f"{source}.handler.handler",
            timeout=timeout_seconds,
            memory_size=256,
            kms_key_arn=key.arn,
            environment={"variables": dict(environment)},
            vpc_config=place,
            tags=region.tags(),
            opts=region.options(self, depends_on=[self.log]),
        )
        self.register_outputs({"arn": self.function.arn})

    def every(self, rate: str) -> None:
        """Runs it by the clock: `1 minute`, `1 hour`."""
        self._on(self.region.name(self.thing), schedule_expression=f"rate({rate})")

    def when(self, thing: str, pattern: pulumi.Input[str]) -> None:
        """Runs it by events that match the pattern, which is JSON."""
        self._on(self.region.name(thing), event_pattern=pattern)

    def _on(
        self,
        name: str,
        schedule_expression: str | None = None,
        event_pattern: pulumi.Input[str] | None = None,
    ) -> None:
        rule = aws.cloudwatch.EventRule(
            name,
            name=name,
            schedule_expression=schedule_expression,
            event_pattern=event_pattern,
            tags=self.region.tags(),
            opts=self.region.options(self),
        )
        aws.cloudwatch.EventTarget(
            name, rule=rule.name, arn=self.function.arn, opts=self.region.options(self)
        )
        self.let(name, "events.amazonaws.com", rule.arn)

    def let(self, name: str, service: str, source: pulumi.Input[str]) -> aws.lambda_.Permission:
        """Lets one resource of an AWS service call it; `name` is the permission's in Pulumi."""
        return aws.lambda_.Permission(
            name,
            action="lambda:InvokeFunction",
            function=self.function.name,
            principal=service,
            source_arn=source,
            opts=self.region.options(self),
        )

    def _group(self, inside: Inside) -> aws.ec2.SecurityGroup:
        region, thing, network = self.region, self.thing, inside.network
        group = security_group(self, network, thing, f"{thing}: what it may reach", closed=("ingress",))
        if inside.port:
            let_out(self, region, group, Way(thing, "its own network", inside.port, network.cidr))
        for service in inside.services:
            prefixes = network.endpoints[service].prefix_list_id
            said = "an AWS service, by the endpoint"
            let_out(self, region, group, Way(f"{thing}-{service}", said, 443, prefixes=prefixes))
        return group


def _archive(source: str) -> pulumi.AssetArchive:
    """The same bytes for the same sources in every Region: each file by name, no caches."""
    files = sorted(Path(SOURCES, source).glob("*.py"))
    if not files:
        raise FileNotFoundError(f"no sources in {SOURCES}/{source}")
    return pulumi.AssetArchive({f"{source}/{f.name}": pulumi.FileAsset(str(f)) for f in files})


def _streams(log: str) -> str:
    return f"{log}:*"


def _interfaces(region: RegionContext, network: Network, group: aws.ec2.SecurityGroup) -> list[iam.Statement]:
    """Lambda makes the function's interfaces in its name, in these subnets and with this group alone. To
    delete one it must be allowed to delete any, by its documentation; what is in use nobody can delete."""
    any_of_them = pulumi.Output.format("arn:aws:ec2:{0}:{1}:network-interface/*", region.code, region.account)
    subnets = [s.arn for s in network.private]
    return [
        iam.Statement("SeeNetwork", ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], ["*"]),
        iam.Statement("JoinNetwork", ["ec2:CreateNetworkInterface"], [*subnets, group.arn, any_of_them]),
        iam.Statement("LeaveNetwork", ["ec2:DeleteNetworkInterface"], [any_of_them]),
    ]
