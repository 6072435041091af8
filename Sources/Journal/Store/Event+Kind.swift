import Failover

extension Event {
    /// The version of the journal that whoever reads this must know (see `Schema`).
    var schema: Int {
        guard case .planAdopted(let plan) = self else { return Schema.baseline }
        // Capacity came with version 3.
        return plan.steps.contains { !$0.action.capacities.isEmpty } ? 3 : Schema.baseline
    }

    /// The case's name, as in its JSON. In a column of its own, for people with `sqlite3` and for filters.
    ///
    /// Exhaustive on purpose: a new case is a new schema version (see `Schema.version`), and this is where
    /// the compiler asks for it.
    var kind: String {
        switch self {
        case .controllerStarted: "controllerStarted"
        case .controllerStopped: "controllerStopped"
        case .phaseChanged: "phaseChanged"
        case .assessed: "assessed"
        case .requestReceived: "requestReceived"
        case .requestRefused: "requestRefused"
        case .planAdopted: "planAdopted"
        case .stepStarted: "stepStarted"
        case .stepFinished: "stepFinished"
        case .stepUnconfirmed: "stepUnconfirmed"
        case .planEnded: "planEnded"
        case .fenceOwed: "fenceOwed"
        case .fenceSettled: "fenceSettled"
        case .holdPlaced: "holdPlaced"
        case .holdReleased: "holdReleased"
        case .noticeIssued: "noticeIssued"
        case .noticeSettled: "noticeSettled"
        case .exposureEnded: "exposureEnded"
        case .planRewound: "planRewound"
        case .nudged: "nudged"
        case .lossFrozen: "lossFrozen"
        case .ledgerClosed: "ledgerClosed"
        }
    }
}
