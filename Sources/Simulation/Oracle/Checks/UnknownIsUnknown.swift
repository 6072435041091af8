import Failover

struct UnknownIsUnknown: Invariant {
    static let id = "INV6"
    static let rule = "What is missing, stale, late or not understood counts neither as healthy nor as failed"

    private let premises: Premises

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        guard case .record(let host, let record) = happening.kind, let assessment = record.event.judgement,
            let id = record.workload, let workload = premises.workload(id)
        else { return [] }
        return assessment.databases.flatMap { item -> [String] in
            let testimony = past.process(host).testimony(on: item.database)
            let baseless = item.votes.filter { vote in
                Self.assertive.contains(vote.opinion)
                    && !testimony.opinions(
                        of: vote.witness, workload.policy, at: assessment.at, now: happening.at
                    ).contains(vote.opinion)
            }
            return baseless.map { vote in
                "\(id): \(item.database): \(vote.witness.rawValue) is counted as \(vote.opinion.rawValue), "
                    + "which nothing heard says"
            } + contradictions(item, workload.policy)
        }
    }

    private static let assertive: Set<Vote.Opinion> = [.healthy, .failed, .alive]

    /// The verdict has to follow from the votes.
    private func contradictions(_ item: DatabaseAssessment, _ policy: Policy) -> [String] {
        let good = item.votes.contains { $0.opinion == .healthy || $0.opinion == .alive }
        let failed = item.votes.filter { $0.opinion == .failed && policy.witnesses.contains($0.witness) }
        switch item.verdict {
        case .healthy where !good: return ["\(item.database) is called healthy, and nothing says so"]
        case .failed where failed.count < max(2, policy.quorum):
            return ["\(item.database) is called failed on \(failed.count) votes"]
        default: return []
        }
    }
}

extension Event {
    /// The judgement that it carries.
    var judgement: Assessment? {
        switch self {
        case .phaseChanged(_, _, _, let assessment), .assessed(let assessment): assessment
        default: nil
        }
    }
}
