"""The stack's database, as RDS tells of it."""

from .conftest import Client


def groups(outputs: dict[str, str], client: Client, side: str) -> list[str]:
    """The security groups of the `primary` or the `standby`."""
    rds, identifier = client("rds", outputs[f"{side}Region"]), outputs[f"{side}Identifier"]
    if outputs["databaseType"] == "rds-replica":
        (found,) = rds.describe_db_instances(DBInstanceIdentifier=identifier)["DBInstances"]
    else:
        (found,) = rds.describe_db_clusters(DBClusterIdentifier=identifier)["DBClusters"]
    return [group["VpcSecurityGroupId"] for group in found["VpcSecurityGroups"]]


def lets_anybody_in(outputs: dict[str, str], client: Client, side: str) -> bool:
    """Whether any of its groups has a rule for it: none has once it is fenced."""
    ec2 = client("ec2", outputs[f"{side}Region"])
    found = ec2.describe_security_groups(GroupIds=groups(outputs, client, side))["SecurityGroups"]
    return any(group["IpPermissions"] for group in found)


def writer_is_in(outputs: dict[str, str], client: Client) -> str:
    """The Region of the writer."""
    rds = client("rds", outputs["standbyRegion"])
    if outputs["databaseType"] == "rds-replica":
        (found,) = rds.describe_db_instances(DBInstanceIdentifier=outputs["standbyIdentifier"])["DBInstances"]
        source = found.get("ReadReplicaSourceDBInstanceIdentifier")
        return outputs["primaryRegion"] if source else outputs["standbyRegion"]
    (found,) = rds.describe_global_clusters(GlobalClusterIdentifier=outputs["globalCluster"])[
        "GlobalClusters"
    ]
    (arn,) = [m["DBClusterArn"] for m in found["GlobalClusterMembers"] if m["IsWriter"]]
    return str(arn.split(":")[3])
