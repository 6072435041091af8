import Failover

/// Votes and gates in columns, the same wherever they are shown.
enum AssessmentText {
    /// What each witness says, who was asked from where, and what its word may do.
    static func votes(_ database: DatabaseAssessment, indent: Int) -> String {
        table(
            database.votes.map { vote in
                let place = [vote.source, vote.vantage].compactMap { $0 }.joined(separator: ", from ")
                let limit = vote.may == .veto ? "may only object; " : ""
                let origin = place.isEmpty ? "" : " [\(limit)\(place)]"
                return [vote.witness.rawValue, vote.opinion.rawValue, oneLine(vote.because + origin)]
            }, indent: indent)
    }

    /// May we, is it true, should we: each in its column. `word` says how a gate stands.
    static func gates(
        _ gates: [GateResult], indent: Int, word: (GateResult) -> String = { $0.open ? "open" : "CLOSED" }
    ) -> String {
        table(
            gates.map { [word($0), kind($0), $0.id.rawValue, oneLine($0.because)] }, indent: indent)
    }

    private static func kind(_ gate: GateResult) -> String {
        switch gate.kind ?? Gates.gate(gate.id)?.kind {
        case .authorised?: "AUTHORISED"
        case .evidence?: "evidence"
        case .safe?: "SAFE"
        case nil: ""
        }
    }
}
