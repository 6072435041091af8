"""Where machines connect in a Region: the endpoint under the shared name, what a machine may do, and the rule
that puts its readings on the stream."""

import pulumi
import pulumi_aws as aws

from .. import iam
from ..regions import RegionContext
from .endpoint_failover import Endpoint
from .ingestion_policy import machine_policy
from .keys import Key
from .log import log_group
from .stream import Stream

# MQTT over TLS.
PORT = 8883
# PLANT/LINE/MACHINE/telemetry. The parts come from the topic, which the policy holds a machine to, and not
# from what the machine says of itself.
SQL = (
    "SELECT readAt, temperature, vibration, topic(2) AS line, topic(3) AS machine, timestamp() AS receivedAt "
    "FROM '{plant}/+/+/telemetry'"
)


class Ingestion(pulumi.ComponentResource):
    """`endpoint` is what a record leads to. Machines are registered in both Regions with the same
    certificates, so that either endpoint knows them: docs/strategy.md."""

    def __init__(
        self, region: RegionContext, domain: str, certificate_arn: pulumi.Input[str], stream: Stream, key: Key
    ) -> None:
        super().__init__("drctl:infra:Ingestion", region.name("ingestion"), None)
        self._region, self._key = region, key
        # The first part of every topic: it holds the environment, for one account has one broker a Region.
        self.plant = region.settings.system + "-" + region.settings.environment_suffix
        name = region.name("ingestion")
        self.policy = aws.iot.Policy(
            region.name("machine"),
            name=region.name("machine"),
            policy=region.account.apply(lambda a: machine_policy(region.code, a, self.plant)),
            tags=region.tags(),
            opts=region.options(self),
        )
        aws.iot.DomainConfiguration(
            name,
            name=name,
            domain_name=domain,
            server_certificate_arns=[certificate_arn],
            service_type="DATA",
            tls_config={"security_policy": "IoTSecurityPolicy_TLS13_1_2_2022_10"},
            tags=region.tags(),
            opts=region.options(self),
        )
        self._rule(stream)
        # The Region's own address, which every domain of the account leads to there.
        address = aws.iot.get_endpoint_output(
            endpoint_type="iot:Data-ATS",
            opts=pulumi.InvokeOutputOptions(parent=self, provider=region.provider),
        ).endpoint_address
        self.endpoint = Endpoint(
            check="TCP", host=address, port=PORT, path=None, target=address, target_zone=None
        )
        self.register_outputs({"policy": self.policy.name})

    def _rule(self, stream: Stream) -> None:
        region = self._region
        log = log_group(self, region, "ingestion", "/plant", self._key)
        role = iam.role(
            region,
            "ingestion",
            "iot.amazonaws.com",
            {"write": _statements(region, stream, log, self._key)},
            self,
            source_account=True,
        )
        aws.iot.TopicRule(
            region.name("readings"),
            # Letters, digits and underscores alone.
            name=region.name("readings").replace("-", "_"),
            description="readings of all machines, onto the stream",
            enabled=True,
            sql=SQL.format(plant=self.plant),
            sql_version="2016-03-23",
            # By machine: its readings stay in order.
            kineses=[{"role_arn": role.arn, "stream_name": stream.name, "partition_key": "${topic(3)}"}],
            error_action={"cloudwatch_logs": {"role_arn": role.arn, "log_group_name": log.name}},
            tags=region.tags(),
            opts=region.options(self),
        )


def _statements(
    region: RegionContext, stream: Stream, log: aws.cloudwatch.LogGroup, key: Key
) -> list[iam.Statement]:
    saying = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
    return [
        iam.Statement("PutReadings", ["kinesis:PutRecord", "kinesis:PutRecords"], [stream.arn]),
        iam.Statement("SayErrors", saying, [log.arn, pulumi.Output.concat(log.arn, ":*")]),
        iam.Statement(
            "UseKey",
            ["kms:GenerateDataKey"],
            [key.arn],
            conditions={"StringEquals": {"kms:ViaService": f"kinesis.{region.code}.amazonaws.com"}},
        ),
    ]
