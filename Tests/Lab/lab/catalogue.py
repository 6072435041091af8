"""moto as the catalogue of RDS resources: it keeps the many fields that the lab does not simulate."""

from __future__ import annotations

from functools import cache
from typing import Any

import botocore.parsers
from moto.core.model import OperationModel
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.serialize import QuerySerializer, SerializationContext, XFormedAttributePicker
from moto.core.utils import get_service_model, utcnow
from moto.ec2.models import ec2_backends
from moto.rds.models import rds_backends

ACCOUNT = DEFAULT_ACCOUNT_ID


def arn(kind: str, region: str, name: str) -> str:
    return f"arn:aws:rds:{region}:{ACCOUNT}:{kind}:{name}"


def describe_instance(region: str, identifier: str) -> dict[str, Any]:
    found = rds_backends[ACCOUNT][region].databases[identifier]
    return first("DescribeDBInstances", "DBInstances", found)


def describe_cluster(region: str, identifier: str) -> dict[str, Any]:
    found = rds_backends[ACCOUNT][region].clusters[identifier]
    return first("DescribeDBClusters", "DBClusters", found)


def describe_global(identifier: str) -> dict[str, Any]:
    found = rds_backends[ACCOUNT]["us-east-1"].global_clusters[identifier]
    return first("DescribeGlobalClusters", "GlobalClusters", found)


def settle_replica(region: str, identifier: str, groups: list[str]) -> None:
    """moto copies the source; a replica elsewhere has its own zone and default group instead."""
    found = rds_backends[ACCOUNT][region].databases[identifier]
    found.availability_zone = f"{region}a"
    found.vpc_security_group_ids = groups or [default_group(region)]
    found.backup_retention_period = 0
    found.instance_create_time = utcnow()


def default_group(region: str) -> str:
    backend = ec2_backends[ACCOUNT][region]
    vpc = backend.default_vpc
    group = backend.get_default_security_group(vpc.id)
    assert group is not None  # every VPC has one
    return str(group.id)


def forget_source(region: str, identifier: str, retention: int = 0) -> None:
    """Makes the instance a plain one for moto too; its removal of a cross-Region replica would fail."""
    found = rds_backends[ACCOUNT][region].databases.get(identifier)
    if found is not None:
        found.is_replica = False
        found.backup_retention_period = max(retention, found.backup_retention_period or 0)
        found.source_db_instance_identifier = None


def forget_member(global_id: str, cluster_arn: str) -> None:
    found = rds_backends[ACCOUNT]["us-east-1"].global_clusters.get(global_id)
    if found is not None:
        found.members = [member for member in found.members if member.db_cluster_arn != cluster_arn]


def group_exists(region: str, group_id: str) -> bool:
    return ec2_backends[ACCOUNT][region].get_security_group_from_id(group_id) is not None


def has_ingress(region: str, group_ids: list[str], port: int) -> bool:
    """Whether any of the groups lets a database connection in. A group that moto does not know lets it in."""
    backend = ec2_backends[ACCOUNT][region]
    for group_id in group_ids:
        group = backend.get_security_group_from_id(group_id)
        if group is None or group.name == "default":
            return True  # the default group stands for "nobody configured anything"
        for rule in group.ingress_rules:
            if str(rule.ip_protocol) == "-1":
                return True
            low, high = int(rule.from_port or 0), int(rule.to_port or 65535)
            if low <= 5432 <= high or low <= port <= high:
                return True
    return not group_ids


def first(operation: str, name: str, found: Any) -> dict[str, Any]:
    """One of moto's objects as the values that a client would have read."""
    model = operation_model(operation)
    serializer = QuerySerializer(
        model, context=SerializationContext("lab"), value_picker=XFormedAttributePicker()
    )
    body = serializer.serialize({name: [found]})["body"]
    data = body.encode() if isinstance(body, str) else body
    parser = botocore.parsers.create_parser("query")
    parsed = parser.parse({"status_code": 200, "headers": {}, "body": data}, model.output_shape)
    values: dict[str, Any] = parsed[name][0]
    return values


@cache
def operation_model(operation: str) -> OperationModel:
    model: OperationModel = get_service_model("rds").operation_model(operation)
    return model
