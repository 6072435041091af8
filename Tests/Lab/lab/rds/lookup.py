"""Finding what a request names, or the error that AWS would answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..databases import Cluster, GlobalCluster, Instance
from ..errors import AWSError

if TYPE_CHECKING:
    from ..world import World


def instance_name(identifier: str) -> str:
    return identifier.split(":")[-1].lower()


cluster_name = instance_name


def no_instance(identifier: str) -> AWSError:
    return AWSError("DBInstanceNotFound", f"DBInstance {identifier} not found.", 404)


def no_cluster(identifier: str) -> AWSError:
    return AWSError("DBClusterNotFoundFault", f"DBCluster {identifier} not found.", 404)


def no_global(identifier: str) -> AWSError:
    return AWSError("GlobalClusterNotFoundFault", f"Global cluster {identifier} not found", 404)


def bad_state(identifier: str, why: str) -> AWSError:
    return AWSError("InvalidDBInstanceState", f"DB instance {identifier}: {why}")


def bad_global(why: str) -> AWSError:
    return AWSError("InvalidGlobalClusterStateFault", why)


def find_instance(world: World, region: str, identifier: str | None) -> Instance:
    if not identifier:
        raise AWSError("MissingParameter", "The request must contain the parameter DBInstanceIdentifier")
    found = world.instances.get((region, instance_name(identifier)))
    if found is None:
        raise no_instance(identifier)
    return found


def find_cluster(world: World, region: str, identifier: str | None) -> Cluster:
    """An ARN of another Region is not found here: RDS is Regional."""
    if not identifier:
        raise AWSError("MissingParameter", "The request must contain the parameter DBClusterIdentifier")
    if identifier.startswith("arn:") and identifier.split(":")[3] != region:
        raise no_cluster(identifier)
    found = world.clusters.get((region, cluster_name(identifier)))
    if found is None:
        raise no_cluster(identifier)
    return found


def find_global(world: World, identifier: str | None) -> GlobalCluster:
    if not identifier:
        raise AWSError("MissingParameter", "The request must contain the parameter GlobalClusterIdentifier")
    found = world.globals.get(cluster_name(identifier))
    if found is None:
        raise no_global(identifier)
    return found
