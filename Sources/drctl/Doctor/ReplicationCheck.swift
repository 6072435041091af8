import AWS
import Failover

/// Is the standby a replica of the primary, and of nothing else?
enum ReplicationCheck {
    /// What RDS says of the replica.
    static func findings(of replica: DBInstance, _ database: Failover.Database, primary: SiteFacts?)
        -> [Finding]
    {
        let name = "replication \(database.id)"
        let source = replica.readReplicaSourceDBInstanceIdentifier.flatMap { $0.isEmpty ? nil : $0 }
        guard let source else {
            return [.fail(name, "\(replica.dbInstanceIdentifier) replicates from nothing")]
        }
        var findings: [Finding] = []
        let isFromPrimary =
            source == primary?.arn
            || source.lowercased().hasSuffix(":\(database.primary.identifier.lowercased())")
            || source.lowercased() == database.primary.identifier.lowercased()
        if !isFromPrimary {
            findings.append(
                .fail(
                    name,
                    "\(replica.dbInstanceIdentifier) replicates from \(source), not from "
                        + "\(database.primary.identifier): it has the wrong data"))
        }
        for info in replica.statusInfos where info.statusType == "read replication" {
            guard info.normal == false else { continue }
            let text = [info.status, info.message].compactMap(\.self).filter { !$0.isEmpty }.joined(
                separator: ": ")
            findings.append(
                .fail(
                    name,
                    "replication is not normal (\(text)): repair it, or build a new replica; RDS ends it "
                        + "after 30 days"
                ))
        }
        return findings.orOK(name, "from \(source), normal")
    }

    /// What the standby's Region says of the global cluster: it is the one that is still there afterwards.
    static func findings(
        of global: GlobalCluster?, named identifier: String, _ database: Failover.Database,
        primary: SiteFacts?,
        standby: SiteFacts?
    ) -> [Finding] {
        let name = "replication \(database.id)"
        guard let global else {
            return [
                .fail(
                    name,
                    "there is no global cluster \(identifier) in \(database.standby.region): check "
                        + "global_cluster"
                )
            ]
        }
        var findings: [Finding] = []
        let status = global.status ?? "unknown"
        if StatusMeaning(status: status) != .serving {
            findings.append(.warn(name, "global cluster \(identifier) is \(status): wait until AWS is done"))
        }
        for (side, facts) in [(Side.primary, primary), (.standby, standby)] {
            guard let facts else { continue }
            guard let member = global.globalClusterMembers.first(where: { $0.dbClusterArn == facts.arn })
            else {
                findings.append(
                    .fail(
                        name,
                        "\(facts.identifier) (\(side.rawValue)) is no member of \(identifier): it does not "
                            + "replicate"
                    ))
                continue
            }
            if let words = member.synchronizationStatus, !words.isEmpty, words != "connected" {
                findings.append(
                    .fail(name, "\(facts.identifier) is \(words): it does not receive from the writer"))
            }
        }
        return findings.orOK(name, "both sides are members of \(identifier), connected")
    }
}
