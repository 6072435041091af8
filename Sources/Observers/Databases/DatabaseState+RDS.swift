import AWS
import Failover

extension DatabaseState {
    /// An instance outside Aurora. It is a replica exactly while it names a source: promotion takes the name
    /// away.
    static func reading(of instance: DBInstance) -> Reading<DatabaseState> {
        guard let status = instance.dbInstanceStatus, let resourceID = instance.dbiResourceId,
            let arn = instance.dbInstanceArn
        else {
            return .unknown(
                reason: .malformed,
                detail: "\(instance.dbInstanceIdentifier) has no status, no resource id or no ARN")
        }
        let source =
            instance.readReplicaSourceDBInstanceIdentifier.flatMap(nonEmpty)
            ?? instance.readReplicaSourceDBClusterIdentifier.flatMap(nonEmpty)
        return .known(
            value: DatabaseState(
                status: status, role: source == nil ? .writer : .replica, replicaOf: source,
                replication: replication(instance.statusInfos), resourceID: resourceID, arn: arn,
                engineVersion: instance.engineVersion ?? "",
                securityGroups: instance.vpcSecurityGroups.map(\.vpcSecurityGroupId),
                endpoint: endpoint(instance.endpoint?.address, instance.endpoint?.port)))
    }

    /// The worst of them, since a source has one for each of its replicas.
    private static func replication(_ infos: [DBInstanceStatusInfo]) -> ReplicationStatus? {
        let ours = infos.filter { $0.statusType == "read replication" }
        guard let info = ours.first(where: { $0.normal == false }) ?? ours.first else { return nil }
        let text = [info.status, info.message].compactMap { $0 }.filter { !$0.isEmpty }
        // AWS leaves out what it does not know; only a plain "false" says that replication has stopped.
        return ReplicationStatus(normal: info.normal != false, text: text.joined(separator: ": "))
    }

    /// Absent while the instance is being created.
    static func endpoint(_ host: String?, _ port: Int?) -> Failover.Endpoint? {
        guard let host = host.flatMap(nonEmpty), let port else { return nil }
        return Failover.Endpoint(host: host, port: port)
    }

    /// AWS writes some fields that have no value as empty elements.
    static func nonEmpty(_ text: String) -> String? { text.isEmpty ? nil : text }
}
