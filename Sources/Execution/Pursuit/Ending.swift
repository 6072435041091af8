import Failover

/// How the pursuit of an effect ended.
enum Ending<Receipt: Sendable>: Sendable {
    /// Seen. The receipt is there when AWS accepted our own call.
    case done(String, Receipt?)
    case unneeded(String)
    case failed(Shortfall)

    var outcome: StepOutcome {
        switch self {
        case .done(let text, _): .succeeded(detail: text.oneLine())
        case .unneeded(let text): .succeeded(detail: "not needed: \(text)".oneLine())
        case .failed(let failure): failure.outcome
        }
    }
}

/// Why an effect is not there, and what is left open.
struct Shortfall: Sendable, Equatable {
    var detail: String
    var retryable: Bool
    var mayHaveHappened: Bool

    var outcome: StepOutcome {
        .failed(detail: detail.oneLine(), retryable: retryable, mayHaveHappened: mayHaveHappened)
    }
}
