"""Makes a resource from its registered inputs, with boto3. Each maker returns what AWS says of it, under
Pulumi's names; `id` is the identifier."""

from collections.abc import Callable
from typing import Any

import boto3
from botocore.config import Config

from .answers import EXISTING_ZONE

Item = dict[str, Any]
Maker = Callable[["Cloud", str, Item], Item]


class Cloud:
    """Clients of one address for every Region."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._clients: dict[tuple[str, str], Any] = {}

    def client(self, service: str, region: str) -> Any:
        """Kept: boto3 takes a tenth of a second to make one."""
        if (service, region) not in self._clients:
            self._clients[service, region] = boto3.client(
                service,
                region_name=region,
                endpoint_url=self._url,
                aws_access_key_id="lab",
                aws_secret_access_key="lab",
                config=Config(retries={"total_max_attempts": 1}),
            )
        return self._clients[service, region]


def vpc(cloud: Cloud, region: str, inputs: Item) -> Item:
    made = cloud.client("ec2", region).create_vpc(CidrBlock=inputs["cidrBlock"])
    return {"id": made["Vpc"]["VpcId"]}


def security_group(cloud: Cloud, region: str, inputs: Item) -> Item:
    made = cloud.client("ec2", region).create_security_group(
        GroupName=inputs["name"], Description=inputs["description"], VpcId=inputs["vpcId"]
    )
    return {"id": made["GroupId"]}


def ingress_rule(cloud: Cloud, region: str, inputs: Item) -> Item:
    permission: Item = {
        "IpProtocol": inputs["ipProtocol"],
        "FromPort": int(inputs["fromPort"]),
        "ToPort": int(inputs["toPort"]),
    }
    if "cidrIpv4" in inputs:
        permission["IpRanges"] = [{"CidrIp": inputs["cidrIpv4"]}]
    else:
        permission["UserIdGroupPairs"] = [{"GroupId": inputs["referencedSecurityGroupId"]}]
    cloud.client("ec2", region).authorize_security_group_ingress(
        GroupId=inputs["securityGroupId"], IpPermissions=[permission]
    )
    return {}


def instance(cloud: Cloud, region: str, inputs: Item) -> Item:
    rds = cloud.client("rds", region)
    identifier = inputs["identifier"]
    common = {
        "DBInstanceIdentifier": identifier,
        "DBInstanceClass": inputs["instanceClass"],
        "VpcSecurityGroupIds": inputs["vpcSecurityGroupIds"],
        "MultiAZ": inputs["multiAz"],
    }
    if inputs.get("replicateSourceDb"):
        source = inputs["replicateSourceDb"]
        rds.create_db_instance_read_replica(
            **common, SourceDBInstanceIdentifier=source, SourceRegion=source.split(":")[3]
        )
        # Creation has no such parameter: the provider, too, sets it afterwards.
        rds.modify_db_instance(
            DBInstanceIdentifier=identifier,
            BackupRetentionPeriod=int(inputs["backupRetentionPeriod"]),
            ApplyImmediately=True,
        )
    else:
        rds.create_db_instance(
            **common,
            Engine=inputs["engine"],
            EngineVersion=inputs["engineVersion"],
            AllocatedStorage=int(inputs["allocatedStorage"]),
            MasterUsername=inputs["username"],
            MasterUserPassword=inputs["password"],
            DBName=inputs["dbName"],
            BackupRetentionPeriod=int(inputs["backupRetentionPeriod"]),
            StorageEncrypted=True,
        )
    (found,) = rds.describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"]
    address, port = found["Endpoint"]["Address"], found["Endpoint"]["Port"]
    return {
        "id": found["DbiResourceId"],
        "arn": found["DBInstanceArn"],
        "address": address,
        "port": port,
        "endpoint": f"{address}:{port}",
    }


def topic(cloud: Cloud, region: str, inputs: Item) -> Item:
    arn = cloud.client("sns", region).create_topic(Name=inputs["name"])["TopicArn"]
    return {"id": arn, "arn": arn}


def alarm(cloud: Cloud, region: str, inputs: Item) -> Item:
    if inputs.get("metricQueries"):
        # No lever: nothing of a failover hangs on an alarm that is a query.
        return {"id": inputs["name"]}
    dimensions = inputs.get("dimensions") or {}
    cloud.client("cloudwatch", region).put_metric_alarm(
        AlarmName=inputs["name"],
        Namespace=inputs["namespace"],
        MetricName=inputs["metricName"],
        Dimensions=[{"Name": k, "Value": v} for k, v in dimensions.items()],
        Statistic=inputs["statistic"],
        Period=int(inputs["period"]),
        EvaluationPeriods=int(inputs["evaluationPeriods"]),
        Threshold=float(inputs["threshold"]),
        ComparisonOperator=inputs["comparisonOperator"],
        TreatMissingData=inputs.get("treatMissingData", "missing"),
    )
    return {"id": inputs["name"]}


def health_check(cloud: Cloud, region: str, inputs: Item) -> Item:
    if inputs["type"] != "CLOUDWATCH_METRIC":
        return {}
    made = cloud.client("route53", "us-east-1").create_health_check(
        CallerReference=inputs["tags"]["Name"],
        HealthCheckConfig={
            "Type": inputs["type"],
            "AlarmIdentifier": {
                "Region": inputs["cloudwatchAlarmRegion"],
                "Name": inputs["cloudwatchAlarmName"],
            },
            "InsufficientDataHealthStatus": inputs["insufficientDataHealthStatus"],
        },
    )
    return {"id": made["HealthCheck"]["Id"]}


def zone(cloud: Cloud, region: str, inputs: Item) -> Item:
    made = cloud.client("route53", "us-east-1").create_hosted_zone(
        Name=inputs["name"], CallerReference=inputs["name"]
    )
    zone_id = made["HostedZone"]["Id"].split("/")[-1]
    return {"id": zone_id, "zoneId": zone_id}


def record(cloud: Cloud, region: str, inputs: Item) -> Item:
    failover = inputs["type"] == "CNAME" and inputs.get("failoverRoutingPolicies")
    if not failover or inputs["zoneId"] == EXISTING_ZONE:
        return {}
    (policy,) = inputs["failoverRoutingPolicies"]
    body: Item = {
        "Name": inputs["name"],
        "Type": inputs["type"],
        "TTL": int(inputs["ttl"]),
        "ResourceRecords": [{"Value": value} for value in inputs["records"]],
        "SetIdentifier": inputs["setIdentifier"],
        "Failover": policy["type"],
    }
    if inputs.get("healthCheckId"):
        body["HealthCheckId"] = inputs["healthCheckId"]
    cloud.client("route53", "us-east-1").change_resource_record_sets(
        HostedZoneId=inputs["zoneId"],
        ChangeBatch={"Changes": [{"Action": "UPSERT", "ResourceRecordSet": body}]},
    )
    return {}


MAKERS: dict[str, Maker] = {
    "aws:ec2/vpc:Vpc": vpc,
    "aws:ec2/securityGroup:SecurityGroup": security_group,
    "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": ingress_rule,
    "aws:rds/instance:Instance": instance,
    "aws:sns/topic:Topic": topic,
    "aws:cloudwatch/metricAlarm:MetricAlarm": alarm,
    "aws:route53/healthCheck:HealthCheck": health_check,
    "aws:route53/zone:Zone": zone,
    "aws:route53/record:Record": record,
}
