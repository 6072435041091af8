"""The pieces that every workload of the estate is built from."""

from __future__ import annotations

from typing import Any

from ..process import connect

Item = dict[str, Any]
PASSWORD = "correct-horse-battery"
RECORD_TTL = 30


class Pieces:
    def __init__(self, url: str, domain: str) -> None:
        self._url = url
        self.domain = domain
        self._clients: dict[tuple[str, str], Any] = {}

    def client(self, service: str, region: str) -> Any:
        key = (service, region)
        if key not in self._clients:
            self._clients[key] = connect(self._url, service, region)
        return self._clients[key]

    def zone(self, workload: str) -> str:
        made = self.client("route53", "us-east-1").create_hosted_zone(
            Name=f"{workload}.{self.domain}", CallerReference=f"lab-{workload}"
        )
        return str(made["HostedZone"]["Id"].split("/")[-1])

    def instance(self, region: str, identifier: str) -> Item:
        found = self.client("rds", region).describe_db_instances(DBInstanceIdentifier=identifier)[
            "DBInstances"
        ][0]
        return endpoint(
            region,
            identifier,
            found["DBInstanceArn"],
            found["Endpoint"]["Address"],
            found["Endpoint"]["Port"],
            resource_id=found["DbiResourceId"],
        )

    def groups(self, workload: str, region: str) -> dict[str, str]:
        """The application's group lets 5432 in; the quarantine group lets nothing in."""
        ec2 = self.client("ec2", region)
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        made = {}
        for purpose in ("app", "quarantine"):
            made[purpose] = ec2.create_security_group(
                GroupName=f"{workload}-{purpose}", Description=f"{workload} {purpose}", VpcId=vpc
            )["GroupId"]
        ec2.authorize_security_group_ingress(
            GroupId=made["app"],
            IpPermissions=[
                {
                    "IpProtocol": "tcp",
                    "FromPort": 5432,
                    "ToPort": 5432,
                    "IpRanges": [{"CidrIp": "10.0.0.0/8"}],
                }
            ],
        )
        return made

    def endpoint_check(self, name: str, target: Item) -> str:
        made = self.client("route53", "us-east-1").create_health_check(
            CallerReference=f"lab-{name}",
            HealthCheckConfig={
                "Type": "TCP",
                "FullyQualifiedDomainName": target["host"],
                "Port": target["port"],
                "RequestInterval": 10,
                "FailureThreshold": 3,
            },
        )
        return str(made["HealthCheck"]["Id"])

    def upsert(self, zone_id: str, records: list[Item]) -> None:
        self.client("route53", "us-east-1").change_resource_record_sets(
            HostedZoneId=zone_id,
            ChangeBatch={
                "Changes": [{"Action": "UPSERT", "ResourceRecordSet": record} for record in records]
            },
        )

    def topic(self, region: str) -> Item:
        """A topic, with a queue of the same Region that receives what it tells."""
        arn = self.client("sns", region).create_topic(Name="drctl-events")["TopicArn"]
        sqs = self.client("sqs", region)
        queue = sqs.create_queue(QueueName="drctl-events")["QueueUrl"]
        attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
        self.client("sns", region).subscribe(TopicArn=arn, Protocol="sqs", Endpoint=attributes["QueueArn"])
        return {"arn": arn, "queue_url": queue, "queue_arn": attributes["QueueArn"]}


def endpoint(region: str, identifier: str, arn: str, host: str, port: int, **more: Any) -> Item:
    return {
        "region": region,
        "identifier": identifier,
        "arn": arn,
        "host": host,
        "port": port,
        "endpoint": f"{host}:{port}",
        **more,
    }
