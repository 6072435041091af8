import AWS
import Failover

extension DatabaseState {
    /// A cluster, with the global clusters as the same Region lists them. One that is a member of none writes
    /// for itself: that is what detaching makes of a secondary. The list decides, not the cluster's own
    /// `ReplicationSourceIdentifier`, of which nobody says when it is cleared.
    static func reading(of cluster: DBCluster, in globals: [GlobalCluster]) -> Reading<DatabaseState> {
        guard let status = cluster.status, let resourceID = cluster.dbClusterResourceId,
            let arn = cluster.dbClusterArn
        else {
            return .unknown(
                reason: .malformed,
                detail: "\(cluster.dbClusterIdentifier) has no status, no resource id or no ARN")
        }
        let membership = membership(of: arn, in: globals)
        let source = membership.flatMap { $0.member.isWriter ? nil : $0.global.globalClusterIdentifier }
        return .known(
            value: DatabaseState(
                status: status, role: source == nil ? .writer : .replica, replicaOf: source,
                replication: membership.flatMap { replication($0.member.synchronizationStatus) },
                resourceID: resourceID, arn: arn, engineVersion: cluster.engineVersion ?? "",
                instanceCount: cluster.dbClusterMembers.count,
                securityGroups: cluster.vpcSecurityGroups.map(\.vpcSecurityGroupId),
                endpoint: endpoint(cluster.endpoint, cluster.port),
                globalFailover: membership?.global.failoverState?.status.flatMap(nonEmpty)))
    }

    private static func membership(
        of arn: String, in globals: [GlobalCluster]
    ) -> (global: GlobalCluster, member: GlobalClusterMember)? {
        for global in globals {
            if let member = global.globalClusterMembers.first(where: { $0.dbClusterArn == arn }) {
                return (global, member)
            }
        }
        return nil
    }

    /// `connected` or `pending-resync` (botocore 1.43.127); a word that we do not know is not a good one.
    private static func replication(_ status: String?) -> ReplicationStatus? {
        guard let status = status.flatMap(nonEmpty) else { return nil }
        return ReplicationStatus(normal: status == "connected", text: status)
    }
}
