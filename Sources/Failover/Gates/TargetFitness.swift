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
        guard StatusMeaning(status: target.status) == .serving else { return (false, "\(name) is \(target.status)") }
        guard target.instanceCount > 0 else {
            return (false, "\(name) is headless: add an instance, a cluster without one cannot take over")
        }
        // `terminated` replicas hold data of an unknown age (RDS gives up after 30 days of broken replication).
        if target.replication?.text == "terminated" { return (false, "\(name): replication was terminated") }
        if let mismatch = versionMismatch(with: target) { return (false, mismatch) }
        if let symptom = sharedSymptom { return (false, symptom) }
        return (true, "\(name) is \(target.status)")
    }

    /// Managed failover needs the same major and minor version on both sides; detach works with any.
    private func versionMismatch(with target: DatabaseState) -> String? {
        guard case .auroraGlobal(_, .managedFailover) = database.kind, let source = lastKnownState(.primary),
            minorVersion(source.engineVersion) != minorVersion(target.engineVersion)
        else { return nil }
        return "engine versions differ (\(source.engineVersion), \(target.engineVersion)): managed failover needs the "
            + "same; method: detach works"
    }

    private func minorVersion(_ version: String) -> [Substring] { Array(version.split(separator: ".").prefix(2)) }

    /// An RDS replica takes connections as it stands, so one that does not answer would be no better than its source.
    /// A secondary Aurora cluster's writer endpoint is inactive until it is promoted and proves nothing.
    private var sharedSymptom: String? {
        guard case .rdsReplica = database.kind, case .known(let answer)? = probe(.standby), !answer.answered else {
            return nil
        }
        return "\(database.standby.identifier) does not answer either (\(answer.detail))"
    }
}
