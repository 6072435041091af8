"""Makers of an Aurora global database: see making.py."""

from .making import Cloud, Item, Maker


def global_cluster(cloud: Cloud, region: str, inputs: Item) -> Item:
    identifier = inputs["globalClusterIdentifier"]
    made = cloud.client("rds", region).create_global_cluster(
        GlobalClusterIdentifier=identifier, Engine=inputs["engine"], EngineVersion=inputs["engineVersion"]
    )
    return {"id": identifier, "arn": made["GlobalCluster"]["GlobalClusterArn"]}


def cluster(cloud: Cloud, region: str, inputs: Item) -> Item:
    more: Item = {}
    if inputs.get("masterUsername"):
        more = {
            "MasterUsername": inputs["masterUsername"],
            "MasterUserPassword": inputs["masterPassword"],
            "DatabaseName": inputs["databaseName"],
        }
    found = cloud.client("rds", region).create_db_cluster(
        DBClusterIdentifier=inputs["clusterIdentifier"],
        Engine=inputs["engine"],
        EngineVersion=inputs["engineVersion"],
        GlobalClusterIdentifier=inputs["globalClusterIdentifier"],
        VpcSecurityGroupIds=inputs["vpcSecurityGroupIds"],
        **more,
    )["DBCluster"]
    return {
        "id": inputs["clusterIdentifier"],
        "arn": found["DBClusterArn"],
        "endpoint": found["Endpoint"],
        "readerEndpoint": found["ReaderEndpoint"],
        "port": found["Port"],
    }


def cluster_instance(cloud: Cloud, region: str, inputs: Item) -> Item:
    identifier = inputs["identifier"]
    cloud.client("rds", region).create_db_instance(
        DBInstanceIdentifier=identifier,
        DBClusterIdentifier=inputs["clusterIdentifier"],
        DBInstanceClass=inputs["instanceClass"],
        Engine=inputs["engine"],
    )
    return {"id": identifier}


AURORA: dict[str, Maker] = {
    "aws:rds/globalCluster:GlobalCluster": global_cluster,
    "aws:rds/cluster:Cluster": cluster,
    "aws:rds/clusterInstance:ClusterInstance": cluster_instance,
}
