import Failover

/// How the pursuit of an effect ended.
enum Ending<Receipt: Sendable>: Sendable {
    /// Seen. The receipt is there when AWS accepted our own call.
    case done(String, Receipt?)
    case unneeded(String)
    case failed(Shortfall)

    var outcome: StepOutcome { outcome() }

    /// `limit`: of the detail, in characters.
    func outcome(limit: Int = 700) -> StepOutcome {
        switch self {
        case .done(let text, _): .succeeded(detail: text.oneLine(limit: limit))
        case .unneeded(let text): .succeeded(detail: "not needed: \(text)".oneLine(limit: limit))
        case .failed(let failure): failure.outcome(limit: limit)
        }
    }
}

/// Why an effect is not there, and what is left open.
struct Shortfall: Sendable, Equatable {
    var detail: String
    var retryable: Bool
    var mayHaveHappened: Bool

    var outcome: StepOutcome { outcome() }

    func outcome(limit: Int = 700) -> StepOutcome {
        .failed(
            detail: detail.oneLine(limit: limit), retryable: retryable, mayHaveHappened: mayHaveHappened)
    }
}
