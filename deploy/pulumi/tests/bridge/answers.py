"""What functions answer while a plan is made: these look something up that exists beforehand."""

import json
from typing import Any

Answer = dict[str, Any]


def _secret(args: Answer, region: str) -> Answer:
    secret = {"username": "owner", "password": "from-the-existing-entry"}
    return {**args, "secretString": json.dumps(secret), "id": "s", "versionId": "v", "arn": "a"}


def _entry(args: Answer, region: str) -> Answer:
    arn = f"arn:aws:secretsmanager:{region}:123456789012:secret:{args['name']}-AbCdEf"
    return {**args, "arn": arn, "id": arn}


def _parameter(args: Answer, region: str) -> Answer:
    return {**args, "value": "ami-12c6146b", "id": "p", "type": "String"}


def _zone(args: Answer, region: str) -> Answer:
    zone = "Z0123456789ABC"
    return {**args, "zoneId": zone, "id": zone, "arn": f"arn:aws:route53:::hostedzone/{zone}"}


def _endpoint(args: Answer, region: str) -> Answer:
    return {**args, "endpointAddress": f"a1b2c3d4e5f6g7-ats.iot.{region}.amazonaws.com", "id": "e"}


INVOKES = {
    "aws:iot/getEndpoint:getEndpoint": _endpoint,
    "aws:secretsmanager/getSecret:getSecret": _entry,
    "aws:secretsmanager/getSecretVersion:getSecretVersion": _secret,
    "aws:ssm/getParameter:getParameter": _parameter,
    "aws:route53/getZone:getZone": _zone,
}

# References between Regions that are meant, as `resource.property target`.
CROSSINGS = [
    r"aws_vpc_peering_connection\..* aws_vpc\..*",
    r"aws_vpc_peering_connection_accepter\..* aws_vpc_peering_connection\..*",
    r"aws_route\..*\.vpcPeeringConnectionId aws_vpc_peering_connection\..*",
    r"aws_db_instance\..*\.replicateSourceDb aws_db_instance\..*",
    r"aws_s3_bucket_replication_configuration\..*\.bucket aws_s3_bucket\..*",
    r"aws_s3_bucket_replication_configuration\..*\.replicaKmsKeyId aws_kms_key\..*",
    # drctl is told of both sides.
    r"aws_s3_object\.[\w-]*-ops-config-yaml-[\w-]*\.content .*",
    # The host asks both topics for its subscriptions.
    r"aws_s3_object\.[\w-]*-ops-host-env-[\w-]*\.content aws_sns_topic\..*",
    r"aws_rds_cluster\..*\.globalClusterIdentifier aws_rds_global_cluster\..*",
    r"aws_dynamodb_table_replica\..*\.globalTableArn aws_dynamodb_table\..*",
    r"aws_s3_bucket_replication_configuration\..*\.rules\.destination\..* aws_(s3_bucket|kms_key)\..*",
    # What the replication's role may do over there.
    r"aws_iam_role_policy\..*-copy-copy\.policy aws_(s3_bucket|kms_key)\..*",
    # The role that the other Region's function may assume, and where that function looks.
    r"aws_iam_role\..*-records-reader\.assumeRolePolicy aws_iam_role\..*",
    r"aws_lambda_function\..*-receipt-reconciliation-.*\.environment\..*\.PAIRS aws_s3_bucket\..*",
    # One record proves the domain for both Regions' certificates; health checks and records are global.
    r"aws_route53_record\..* aws_.*",
    r"aws_route53_health_check\..* aws_route53_health_check\..*",
    r"aws_cloudwatch_dashboard\..* aws_.*",
    r"aws_backup_plan\..*\.destinationVaultArn aws_backup_vault\..*",
]
