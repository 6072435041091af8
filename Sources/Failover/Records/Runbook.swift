/// The runbook that fits, relative to the project; the package puts them into /usr/share/doc/drctl.
public enum Runbook: String, Sendable, CaseIterable {
    case afterFailover = "after-failover"
    case blockedFailover = "blocked-failover"
    case controllerDown = "controller-down"
    case failoverByHand = "failover-by-hand"
    case fenceOwed = "fence-owed"
    case lagBeyondTheLimit = "lag-beyond-the-limit"
    case planStuck = "plan-stuck"

    public var path: String { "runbooks/\(rawValue).md" }

    /// Nil while there is nothing to do.
    public init?(phase: Phase, closed: [GateID] = [], isUnfenced: Bool = false) {
        switch phase {
        case .blocked where closed == [.lag]: self = .lagBeyondTheLimit
        case .blocked: self = .blockedFailover
        case .awaitingApproval: self = .failoverByHand
        case .needsOperator: self = .planStuck
        case .failedOver: self = isUnfenced ? .fenceOwed : .afterFailover
        case .watching, .suspected, .failingOver: return nil
        }
    }

    /// What the reader of a notice opens; nil while there is nothing to do.
    init?(_ kind: Notice.Kind, closed: [GateID], isUnfenced: Bool) {
        switch kind {
        case .blocked: self = closed == [.lag] ? .lagBeyondTheLimit : .blockedFailover
        case .approvalNeeded: self = .failoverByHand
        case .needsOperator, .failed: self = .planStuck
        case .completed, .exposed: self = isUnfenced ? .fenceOwed : .afterFailover
        case .suspected, .cleared, .confirmed, .started, .step, .fenced, .protected, .held, .released:
            return nil
        }
    }
}
