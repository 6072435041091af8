import Failover

/// The runbook that fits, relative to the project; the package puts them into /usr/share/doc/drctl.
enum Runbook: String {
    case afterFailover = "after-failover"
    case blockedFailover = "blocked-failover"
    case failoverByHand = "failover-by-hand"
    case fenceOwed = "fence-owed"
    case lagBeyondTheLimit = "lag-beyond-the-limit"
    case planStuck = "plan-stuck"

    var path: String { "runbooks/\(rawValue).md" }

    /// Nil while there is nothing to do.
    init?(phase: Phase, closed: [GateID] = [], isUnfenced: Bool = false) {
        switch phase {
        case .blocked where closed == [.lag]: self = .lagBeyondTheLimit
        case .blocked: self = .blockedFailover
        case .awaitingApproval: self = .failoverByHand
        case .needsOperator: self = .planStuck
        case .failedOver: self = isUnfenced ? .fenceOwed : .afterFailover
        case .watching, .suspected, .failingOver: return nil
        }
    }
}
