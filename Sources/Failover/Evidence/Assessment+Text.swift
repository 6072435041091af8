extension Assessment {
    /// What must differ for a judgement to count as another one: opinions and gates, not ages and wording.
    var digest: Digest {
        Digest(verdict: verdict, databases: databases, closed: GateSet(closedGates))
    }

    public var closedGates: [GateID] { gates.filter { !$0.open }.map(\.id) }

    /// The closed gates with their reasons, in one line.
    public var reasons: String {
        gates.filter { !$0.open }.map { "\($0.id.rawValue): \($0.because)" }.joined(separator: "; ")
    }
}

/// A judgement without its ages and words.
struct Digest: Equatable, Sendable {
    private var verdict: Verdict
    private var databases: [Database]
    private var closed: GateSet

    private struct Database: Equatable, Sendable {
        var verdict: Verdict
        var isDark: Bool
        /// By the witness's place among all; nil: no vote.
        var opinions: (Vote.Opinion?, Vote.Opinion?, Vote.Opinion?, Vote.Opinion?)

        static func == (left: Self, right: Self) -> Bool {
            left.verdict == right.verdict && left.isDark == right.isDark && left.opinions == right.opinions
        }
    }

    init(verdict: Verdict, databases: [DatabaseAssessment], closed: GateSet) {
        self.verdict = verdict
        self.closed = closed
        self.databases = databases.map { item in
            func opinion(_ witness: WitnessKind) -> Vote.Opinion? {
                item.votes.first { $0.witness == witness }?.opinion
            }
            return Database(
                verdict: item.verdict, isDark: item.darkSince != nil,
                opinions: (
                    opinion(.route53), opinion(.controlPlane), opinion(.replication), opinion(.probe)
                ))
        }
    }
}

extension Situation {
    var digest: Digest { Digest(verdict: verdict, databases: databases, closed: closedGates) }

    /// The verdict as a sentence for a tired person. Asked of a situation that is spelled out.
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
