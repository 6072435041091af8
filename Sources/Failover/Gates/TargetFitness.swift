extension Inquiry {
    /// Whether the standby could serve as the writer, and why.
    var targetFitness: (fit: Bool, because: String) {
        let name = database.standby.identifier
        guard let reading = state(.standby) else { return (false, "\(name) was not observed") }
        guard let target = reading.value else {
            if case .unknown(let reason, let detail) = reading {
                return (false, "\(name) is unknown (\(reason.rawValue): \(detail))")
            }
            return (false, "\(name) is unknown")
        }
        guard StatusMeaning(status: target.status) == .serving else {
            return (false, "\(name) is \(target.status)")
        }
        guard target.instanceCount > 0 else {
            return (false, "\(name) is headless: add an instance, a cluster without one cannot take over")
        }
        // `terminated` replicas hold data of an unknown age (RDS gives up after 30 days of broken
        // replication).
        if target.replication?.text.hasPrefix("terminated") == true {
            return (false, "\(name): replication was terminated")
        }
        if let other = otherSource(of: target) { return (false, other) }
        if let mismatch = versionMismatch(with: target) { return (false, mismatch) }
        if let symptom = sharedSymptom { return (false, symptom) }
        return (true, "\(name) is \(target.status)")
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
        return "\(database.standby.identifier) replicates from \(source), not from \(expected)"
    }

    /// Managed failover needs the same major and minor version on both sides; detach works with any.
    private func versionMismatch(with target: DatabaseState) -> String? {
        guard case .auroraGlobal(_, .managedFailover) = database.kind, let source = lastKnownState(.primary),
            minorVersion(source.engineVersion) != minorVersion(target.engineVersion)
        else { return nil }
        return
            "engine versions differ (\(source.engineVersion), \(target.engineVersion)): managed "
            + "failover needs the same; method: detach works"
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
        guard answer.answered else { return "\(name) does not answer either (\(answer.detail))" }
        // What cannot be read now could not be proven to write after the promotion, and what holds up the
        // source may well have been replicated.
        switch answer.sql?.outcome {
        case .stalled?: return "\(name) cannot be read (\(answer.sql?.detail ?? ""))"
        case .misconfigured?: return "drctl cannot ask \(name) (\(answer.sql?.detail ?? ""))"
        case .wrote?, .looked?, .readOnly?, .crowded?, nil: return nil
        }
    }
}
