import Failover

/// A decision that people would talk about: a failover that started, one that waited for a yes, one that was
/// not made.
public struct Milestone: Sendable, Equatable, Codable {
    public var at: Timestamp
    public var workload: WorkloadID
    public var kind: Kind
    public var rule: RuleID?
    public var because: String
    /// Since when something was known to be wrong.
    public var suspectedSince: Timestamp?
    /// Set for failovers.
    public var plan: Plan?

    public enum Kind: String, Sendable, Codable, CaseIterable {
        case failover
        /// Confirmed and safe; a person was asked.
        case approval
        /// Confirmed, and not acted on.
        case blocked
    }

    /// A person's request set it off.
    public var isByHand: Bool { plan.map { $0.origin != .automatic } ?? false }

    /// The milestones in a journal's records, in order.
    public static func all(in records: [Record]) -> [Milestone] {
        var plans: [WorkloadID: Plan] = [:]
        return records.compactMap { record in
            guard let workload = record.workload else { return nil }
            if case .planAdopted(let plan) = record.event { plans[workload] = plan }
            guard case .phaseChanged(let from, let to, let because, let assessment) = record.event,
                let kind = Kind(from: from, to: to)
            else { return nil }
            return Milestone(
                at: record.at, workload: workload, kind: kind, rule: record.rule, because: because,
                suspectedSince: assessment.suspectedSince, plan: kind == .failover ? plans[workload] : nil)
        }
    }
}

extension Milestone.Kind {
    fileprivate init?(from: Phase, to: Phase) {
        switch to {
        // A plan that is taken up again is not another failover.
        case .failingOver where from != .needsOperator: self = .failover
        case .awaitingApproval: self = .approval
        case .blocked: self = .blocked
        default: return nil
        }
    }
}
