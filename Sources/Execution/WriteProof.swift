import Failover

/// What a probe's answer proves of a server that should write by now.
enum WriteProof: Equatable {
    /// In words that go on from "the endpoint ...".
    case proven(String)
    case missing(String)

    /// Where SQL is asked only a committed write will do, or with `canary: false` an answered read: a server
    /// that merely takes connections may be the one that hangs.
    init(_ reading: Reading<ProbeAnswer>) {
        switch reading {
        case .known(let answer) where answer.answered: self = Self.proof(answer)
        case .known(let answer): self = .missing("does not answer: \(answer.detail)")
        case .unknown(_, let detail): self = .missing("could not be probed: \(detail)")
        }
    }

    private static func proof(_ answer: ProbeAnswer) -> WriteProof {
        guard let sql = answer.sql else { return .proven("answers (\(answer.detail))") }
        return switch sql.outcome {
        case .wrote, .looked: .proven("answers in SQL (\(sql.detail))")
        case .readOnly: .missing("is not a writer yet: \(sql.detail)")
        case .stalled: .missing("does not serve yet: \(sql.detail)")
        case .crowded: .missing("has no connection to spare: \(sql.detail)")
        case .turnedAway: .missing("turns drctl away, which cannot prove that it writes: \(sql.detail)")
        case .misconfigured: .missing("cannot be asked, so nothing proves that it writes: \(sql.detail)")
        }
    }
}
