extension Assessment {
    /// What must differ for a judgement to count as another one: opinions and gates, not ages and wording.
    var digest: String {
        let votes = databases.flatMap { item in
            item.votes.map { "\(item.database)/\($0.witness.rawValue)=\($0.opinion.rawValue)" }
        }
        let dark = databases.map { "\($0.database)/dark=\($0.darkSince != nil)" }
        let gates = gates.map { "\($0.id.rawValue)=\($0.open)" }
        return ([verdict.rawValue] + votes + dark + gates).joined(separator: " ")
    }

    public var closedGates: [GateID] { gates.filter { !$0.open }.map(\.id) }

    /// The closed gates with their reasons, in one line.
    public var reasons: String {
        gates.filter { !$0.open }.map { "\($0.id.rawValue): \($0.because)" }.joined(separator: "; ")
    }
}

extension Situation {
    /// The verdict as a sentence for a tired person.
    var sentence: String {
        let from = workload.primaryRegion
        switch verdict {
        case .healthy: return "\(workload.id) is healthy in \(from)."
        case .suspect:
            return
                "Something is wrong with \(workload.id) in \(from); too few witnesses agree: \(complaints)."
        case .failed:
            let held = attention.quorumSince.map { (now - $0).text } ?? "0 ms"
            return
                "\(workload.id) has failed in \(from); the witnesses have agreed for \(held): \(complaints)."
        case .partitioned:
            return
                "We cannot reach \(workload.id) in \(from), but others can: it lives, the fault lies between."
        case .isolated:
            return "Nothing answers this host, not even \(workload.standbyRegion): the fault is on our side."
        case .providerRecovering:
            return "AWS is at work on \(workload.id) in \(from); it normally ends by itself."
        case .configurationFault:
            return "drctl cannot judge \(workload.id): its own configuration is at fault: \(faults)."
        case .partial: return "Part of \(workload.id) has failed in \(from) and part has not: \(complaints)."
        case .unknown: return "There is not enough fresh evidence to judge \(workload.id)."
        }
    }

    private var complaints: String {
        let lines = databases.flatMap { item in
            failedVotes(of: item).map { "\($0.witness.rawValue): \($0.because)" }
        }
        return lines.isEmpty ? "no witness says failed" : lines.joined(separator: "; ")
    }

    private var faults: String {
        let votes = databases.flatMap(\.votes).filter { $0.opinion == .configurationFault }
        let lines = votes.map { "\($0.witness.rawValue): \($0.because)" }
        return lines.isEmpty ? "the standby cannot be read" : lines.joined(separator: "; ")
    }
}
