"""Which RDS operations the lab answers itself."""

from __future__ import annotations

from . import global_clusters, instances, reading

OPERATIONS = {
    "DescribeDBInstances": reading.describe_instances,
    "DescribeDBClusters": reading.describe_clusters,
    "DescribeGlobalClusters": reading.describe_globals,
    "PromoteReadReplica": instances.promote,
    "RebootDBInstance": instances.reboot,
    "StopDBInstance": instances.stop,
    "StartDBInstance": instances.start,
    "RemoveFromGlobalCluster": global_clusters.detach,
    "FailoverGlobalCluster": global_clusters.failover,
    "SwitchoverGlobalCluster": global_clusters.switchover,
}
