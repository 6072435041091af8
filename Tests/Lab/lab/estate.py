"""Builds the estate that tests and the demo protect: two workloads in two pairs of Regions.

python -m lab.estate --url URL --out estate.json
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from .process import connect

Item = dict[str, Any]
DOMAIN = "example.com"
PASSWORD = "correct-horse-battery"
# The lever in the standby Region that moves the payments records without Route 53's control plane.
LEVER = {"namespace": "drctl", "metric": "FailoverActive", "dimension": "Workload"}
RECORD_TTL = 30


class Estate:
    def __init__(self, url: str, domain: str = DOMAIN) -> None:
        self._url = url
        self._domain = domain
        self._clients: dict[tuple[str, str], Any] = {}

    def client(self, service: str, region: str) -> Any:
        key = (service, region)
        if key not in self._clients:
            self._clients[key] = connect(self._url, service, region)
        return self._clients[key]

    def build(self) -> Item:
        """Everything, in order; the answer names all that a configuration or a test needs."""
        orders = self.orders(self.zone("orders"))
        payments = self.payments(self.zone("payments"))
        regions = sorted({orders[side]["region"] for side in ("primary", "standby")}
                         | {payments[side]["region"] for side in ("primary", "standby")})  # fmt: skip
        return {
            "url": self._url, "account": "123456789012", "domain": self._domain,
            "credentials": {"access_key_id": "lab", "secret_access_key": "lab"},
            "workloads": {"orders": orders, "payments": payments},
            "topics": {region: self.topic(region) for region in regions},
        }  # fmt: skip

    def zone(self, workload: str) -> str:
        made = self.client("route53", "us-east-1").create_hosted_zone(
            Name=f"{workload}.{self._domain}", CallerReference=f"lab-{workload}")  # fmt: skip
        return str(made["HostedZone"]["Id"].split("/")[-1])

    def orders(self, zone_id: str) -> Item:
        """An RDS PostgreSQL instance with a cross-Region replica, behind a plain CNAME."""
        home, away = "ap-southeast-2", "ap-southeast-1"
        groups, spare = self.groups("orders", home), self.groups("orders", away)
        self.client("rds", home).create_db_instance(
            DBInstanceIdentifier="orders-primary", DBInstanceClass="db.r6g.large", Engine="postgres",
            EngineVersion="16.3", AllocatedStorage=100, MasterUsername="app", MasterUserPassword=PASSWORD,
            BackupRetentionPeriod=7, VpcSecurityGroupIds=[groups["app"]], DBName="orders", MultiAZ=True,
        )  # fmt: skip
        primary = self.instance(home, "orders-primary")
        self.client("rds", away).create_db_instance_read_replica(
            DBInstanceIdentifier="orders-replica", SourceDBInstanceIdentifier=primary["arn"],
            DBInstanceClass="db.r6g.large", VpcSecurityGroupIds=[spare["app"]], SourceRegion=home,
        )  # fmt: skip
        # Creation has no such parameter; without it a promotion starts with the very first backup.
        self.client("rds", away).modify_db_instance(
            DBInstanceIdentifier="orders-replica", BackupRetentionPeriod=7, ApplyImmediately=True)  # fmt: skip
        standby = self.instance(away, "orders-replica")
        name = f"db.orders.{self._domain}"
        self.upsert(zone_id, [{"Name": name, "Type": "CNAME", "TTL": RECORD_TTL,
                               "ResourceRecords": [{"Value": primary["host"]}]}])  # fmt: skip
        return {
            "primary": {**primary, "security_groups": groups}, "standby": {**standby, "security_groups": spare},
            "record": {"name": name, "type": "CNAME", "ttl": RECORD_TTL, "zone_id": zone_id},
            "health_checks": {"primary": self.endpoint_check("orders-primary", primary)},
        }  # fmt: skip

    def payments(self, zone_id: str) -> Item:
        """An Aurora global database, behind a failover pair that a metric in the standby Region moves."""
        home, away = "us-east-1", "us-east-2"
        groups, spare = self.groups("payments", home), self.groups("payments", away)
        self.client("rds", home).create_global_cluster(
            GlobalClusterIdentifier="payments-global", Engine="aurora-postgresql", EngineVersion="15.4")  # fmt: skip
        primary = self.cluster(home, "payments-use1", groups["app"], MasterUsername="app",
                               MasterUserPassword=PASSWORD, DatabaseName="payments")  # fmt: skip
        standby = self.cluster(away, "payments-use2", spare["app"])
        found = self.client("rds", home).describe_global_clusters(GlobalClusterIdentifier="payments-global")
        watch = {"primary": self.endpoint_check("payments-use1", primary)}
        lever = self.lever("payments", away)
        name = f"db.payments.{self._domain}"
        pair = [self.half(name, "PRIMARY", home, primary["host"], lever["health_check_id"]),
                self.half(name, "SECONDARY", away, standby["host"], None)]  # fmt: skip
        self.upsert(zone_id, pair)
        return {
            "global_cluster": "payments-global", "global_endpoint": found["GlobalClusters"][0].get("Endpoint"),
            "primary": {**primary, "security_groups": groups}, "standby": {**standby, "security_groups": spare},
            "record": {"name": name, "type": "CNAME", "ttl": RECORD_TTL, "zone_id": zone_id,
                       "set_identifiers": {"primary": home, "standby": away}},
            "lever": lever, "health_checks": {**watch, "lever": lever["health_check_id"]},
        }  # fmt: skip

    def instance(self, region: str, identifier: str) -> Item:
        found = self.client("rds", region).describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"][0]
        return endpoint(region, identifier, found["DBInstanceArn"], found["Endpoint"]["Address"],
                        found["Endpoint"]["Port"], resource_id=found["DbiResourceId"])  # fmt: skip

    def cluster(self, region: str, identifier: str, group: str, **more: Any) -> Item:
        rds = self.client("rds", region)
        found = rds.create_db_cluster(
            DBClusterIdentifier=identifier, Engine="aurora-postgresql", EngineVersion="15.4",
            GlobalClusterIdentifier="payments-global", VpcSecurityGroupIds=[group], **more,
        )["DBCluster"]  # fmt: skip
        rds.create_db_instance(DBInstanceIdentifier=f"{identifier}-1", DBClusterIdentifier=identifier,
                               DBInstanceClass="db.r6g.large", Engine="aurora-postgresql")  # fmt: skip
        return endpoint(region, identifier, found["DBClusterArn"], found["Endpoint"], found["Port"],
                        instances=[f"{identifier}-1"], resource_id=found["DbClusterResourceId"])  # fmt: skip

    def groups(self, workload: str, region: str) -> dict[str, str]:
        """The application's group lets 5432 in; the quarantine group lets nothing in."""
        ec2 = self.client("ec2", region)
        vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
        made = {}
        for purpose in ("app", "quarantine"):
            made[purpose] = ec2.create_security_group(
                GroupName=f"{workload}-{purpose}", Description=f"{workload} {purpose}", VpcId=vpc)["GroupId"]  # fmt: skip
        ec2.authorize_security_group_ingress(GroupId=made["app"], IpPermissions=[
            {"IpProtocol": "tcp", "FromPort": 5432, "ToPort": 5432, "IpRanges": [{"CidrIp": "10.0.0.0/8"}]}])  # fmt: skip
        return made

    def endpoint_check(self, name: str, target: Item) -> str:
        made = self.client("route53", "us-east-1").create_health_check(
            CallerReference=f"lab-{name}", HealthCheckConfig={
                "Type": "TCP", "FullyQualifiedDomainName": target["host"], "Port": target["port"],
                "RequestInterval": 10, "FailureThreshold": 3})  # fmt: skip
        return str(made["HealthCheck"]["Id"])

    def lever(self, workload: str, region: str) -> Item:
        """The alarm on the custom metric, and the check that follows its data stream."""
        alarm = f"{workload}-failover-active"
        self.client("cloudwatch", region).put_metric_alarm(
            AlarmName=alarm, Namespace=LEVER["namespace"], MetricName=LEVER["metric"],
            Dimensions=[{"Name": LEVER["dimension"], "Value": workload}], Statistic="Maximum", Period=60,
            EvaluationPeriods=1, Threshold=1.0, ComparisonOperator="GreaterThanOrEqualToThreshold",
        )  # fmt: skip
        made = self.client("route53", "us-east-1").create_health_check(
            CallerReference=f"lab-{workload}-lever", HealthCheckConfig={
                "Type": "CLOUDWATCH_METRIC", "AlarmIdentifier": {"Region": region, "Name": alarm},
                "InsufficientDataHealthStatus": "LastKnownStatus"})  # fmt: skip
        return {**LEVER, "region": region, "alarm": alarm, "value": workload,
                "health_check_id": made["HealthCheck"]["Id"]}  # fmt: skip

    def half(self, name: str, failover: str, identifier: str, host: str, check: str | None) -> Item:
        record: Item = {"Name": name, "Type": "CNAME", "SetIdentifier": identifier, "Failover": failover,
                        "TTL": RECORD_TTL, "ResourceRecords": [{"Value": host}]}  # fmt: skip
        return {**record, "HealthCheckId": check} if check else record

    def upsert(self, zone_id: str, records: list[Item]) -> None:
        self.client("route53", "us-east-1").change_resource_record_sets(HostedZoneId=zone_id, ChangeBatch={
            "Changes": [{"Action": "UPSERT", "ResourceRecordSet": record} for record in records]})  # fmt: skip

    def topic(self, region: str) -> Item:
        """A topic, with a queue of the same Region that receives what it tells."""
        arn = self.client("sns", region).create_topic(Name="drctl-events")["TopicArn"]
        sqs = self.client("sqs", region)
        queue = sqs.create_queue(QueueName="drctl-events")["QueueUrl"]
        attributes = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
        self.client("sns", region).subscribe(TopicArn=arn, Protocol="sqs", Endpoint=attributes["QueueArn"])
        return {"arn": arn, "queue_url": queue, "queue_arn": attributes["QueueArn"]}


def endpoint(region: str, identifier: str, arn: str, host: str, port: int, **more: Any) -> Item:
    return {"region": region, "identifier": identifier, "arn": arn, "host": host, "port": port,
            "endpoint": f"{host}:{port}", **more}  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lab.estate")
    parser.add_argument("--url", required=True, help="the lab's url, from its port file")
    parser.add_argument("--out", type=Path, help="where to write the JSON; standard output when left out")
    options = parser.parse_args()
    text = json.dumps(Estate(options.url).build(), indent=2)
    if options.out:
        options.out.write_text(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
