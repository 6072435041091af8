extension Inquiry {
    /// Why the standby could not serve as the writer; nil when it could.
    var unfitness: String? {
        let name = database.standby.identifier
        let target: DatabaseState
        switch state(.standby) {
        case nil: return words("\(name) was not observed")
        case .unknown(let reason, let detail)?:
            return words("\(name) is unknown (\(reason.rawValue): \(detail))")
        case .known(let state)?: target = state
        }
        guard StatusMeaning(status: target.status) == .serving else {
            return words("\(name) is \(target.status)")
        }
        guard target.instanceCount > 0 else {
            return words("\(name) is headless: add an instance, a cluster without one cannot take over")
        }
        // `terminated` replicas hold data of an unknown age (RDS gives up after 30 days of broken
        // replication).
        if target.replication?.text.hasPrefix("terminated") == true {
            return words("\(name): replication was terminated")
        }
        return otherSource(of: target) ?? versionMismatch(with: target) ?? sharedSymptom
    }

    /// A replica of another database under the right name holds the wrong data. Sources are named by
    /// identifier, or by ARN across Regions; AWS keeps identifiers in lower case.
    private func otherSource(of target: DatabaseState) -> String? {
        guard target.role == .replica, let source = target.replicaOf?.lowercased() else { return nil }
        let expected =
            switch database.kind {
            case .rdsReplica: database.primary.identifier.lowercased()
            case .auroraGlobal(let globalCluster, _): globalCluster.lowercased()
            }
        guard source != expected, !source.hasSuffix(":\(expected)") else { return nil }
        return words("\(database.standby.identifier) replicates from \(source), not from \(expected)")
    }

    /// Managed failover needs the same major and minor version on both sides; detach works with any.
    private func versionMismatch(with target: DatabaseState) -> String? {
        guard case .auroraGlobal(_, .managedFailover) = database.kind, let source = lastKnownState(.primary),
            minorVersion(source.engineVersion) != minorVersion(target.engineVersion)
        else { return nil }
        return words(
            "engine versions differ (\(source.engineVersion), \(target.engineVersion)): managed "
                + "failover needs the same; method: detach works")
    }

    private func minorVersion(_ version: String) -> [Substring] {
        Array(version.split(separator: ".").prefix(2))
    }

    /// An RDS replica takes connections as it stands, so one that does not answer would be no better than its
    /// source. A secondary Aurora cluster's writer endpoint is inactive until it is promoted and proves
    /// nothing.
    private var sharedSymptom: String? {
        guard case .rdsReplica = database.kind, case .known(let answer)? = probe(.standby) else { return nil }
        let name = database.standby.identifier
        guard answer.answered else { return words("\(name) does not answer either (\(answer.detail))") }
        // What cannot be read now could not be proven to write after the promotion, and what holds up the
        // source may well have been replicated.
        switch answer.sql?.outcome {
        case .stalled?: return words("\(name) cannot be read (\(answer.sql?.detail ?? ""))")
        case .misconfigured?: return words("\(name) lacks what drctl asks for (\(answer.sql?.detail ?? ""))")
        // That one is our own fault, and has a gate of its own: `target-login`.
        case .wrote?, .looked?, .readOnly?, .crowded?, .turnedAway?, nil: return nil
        }
    }
}
