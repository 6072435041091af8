import AWS
import Failover

/// The old writer, as its own Region describes it.
struct OldWriter: Sendable {
    var status: String
    var groups: [VpcSecurityGroupMembership]
    var endpoint: Failover.Endpoint?
    /// What a restart is asked of: the instance itself, or the writer of the cluster.
    var instance: String?
    /// That instance's own status.
    var instanceStatus: String

    /// The groups that are attached, or will be in a moment.
    var staying: [String] { groups.filter { $0.status != "removing" }.map(\.vpcSecurityGroupId) }

    /// Whether what a fence names is still that writer.
    enum Finding: Sendable {
        case found(OldWriter)
        case unneeded(String)
        case refuse(String)

        /// What to say of a fence unless it was found.
        func sighting<Ground: Sendable>(
            _ whenFound: (OldWriter) -> Sighting<Ground>
        ) -> Sighting<Ground> {
            switch self {
            case .found(let writer): whenFound(writer)
            case .unneeded(let text): .unneeded(text)
            case .refuse(let text): .refuse(text)
            }
        }
    }
}

extension FenceAction {
    var name: String { "\(identifier) in \(region)" }

    /// Looks the old writer up. A name alone is no identity: it can be given to another database.
    func find(_ trial: Trial) async throws(AWSError) -> OldWriter.Finding {
        isCluster ? try await findCluster(trial) : try await findInstance(trial)
    }

    private func findInstance(_ trial: Trial) async throws(AWSError) -> OldWriter.Finding {
        let named = try await trial.instance(identifier, in: region)
        guard let instance = named, resourceID == nil || instance.dbiResourceId == resourceID else {
            guard let resourceID else { return neverSeen }
            let renamed = try await trial.instance(resourceID: resourceID, in: region)
            return missing(resourceID, nowCalled: renamed?.dbInstanceIdentifier, isNameTaken: named != nil)
        }
        if let source = instance.source { return .unneeded("\(name) is a replica of \(source) now") }
        return .found(
            OldWriter(
                status: instance.status, groups: instance.vpcSecurityGroups,
                endpoint: Self.endpoint(instance.endpoint?.address, instance.endpoint?.port),
                instance: instance.dbInstanceIdentifier, instanceStatus: instance.status))
    }

    private func findCluster(_ trial: Trial) async throws(AWSError) -> OldWriter.Finding {
        let named = try await trial.cluster(identifier, in: region)
        guard let cluster = named, resourceID == nil || cluster.dbClusterResourceId == resourceID else {
            guard let resourceID else { return neverSeen }
            let renamed = try await trial.cluster(resourceID: resourceID, in: region)
            return missing(resourceID, nowCalled: renamed?.dbClusterIdentifier, isNameTaken: named != nil)
        }
        // Its own `ReplicationSourceIdentifier` may be left over from when it was a secondary. And it is
        // called one before it has become one: until it is `connected` AWS has not rebuilt it, and what AWS
        // does to block its writes is best effort.
        let globals = try await trial.askAll(Self.describeGlobals, in: region)
        for global in globals {
            guard let arn = cluster.dbClusterArn, let member = global.member(arn), !member.isWriter,
                member.synchronizationStatus == "connected"
            else { continue }
            return .unneeded("\(name) is a connected secondary of \(global.globalClusterIdentifier) now")
        }
        let members = cluster.dbClusterMembers
        let writer = (members.first { $0.isClusterWriter } ?? members.first)?.dbInstanceIdentifier
        var instanceStatus = "without an instance"
        if let writer { instanceStatus = try await trial.instance(writer, in: region)?.status ?? "unknown" }
        return .found(
            OldWriter(
                status: cluster.status ?? "unknown", groups: cluster.vpcSecurityGroups,
                endpoint: Self.endpoint(cluster.endpoint, cluster.port), instance: writer,
                instanceStatus: instanceStatus))
    }

    static let describeGlobals = DescribeGlobalClusters()

    private var neverSeen: OldWriter.Finding {
        .refuse("there is no \(name), and it was never seen there. Check its name and Region in config.yaml")
    }

    private func missing(_ resourceID: String, nowCalled: String?, isNameTaken: Bool) -> OldWriter.Finding {
        if let nowCalled {
            return .refuse(
                "the old writer (\(resourceID)) is called \(nowCalled) in \(region) now. Fence it by hand")
        }
        let taken = isNameTaken ? "; its name belongs to another database now, which is left alone" : ""
        return .unneeded("the old writer (\(resourceID)) does not exist in \(region) any more\(taken)")
    }

    private static func endpoint(_ host: String?, _ port: Int?) -> Failover.Endpoint? {
        guard let host, !host.isEmpty, let port else { return nil }
        return Failover.Endpoint(host: host, port: port)
    }
}
