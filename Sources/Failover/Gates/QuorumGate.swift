extension GateID { public static let quorum: GateID = "quorum" }

extension Gate {
    static let quorum = Gate(
        .quorum, .evidence, override: .byVerb,
        asks: "enough kinds of witnesses say failed, one from outside our own path, and nothing contradicts",
        on: WitnessKind.allCases.map(\.slot)
    ) { situation in situation.answer(situation.verdict == .failed, situation.quorumText) }
}

extension Situation {
    fileprivate var quorumText: String {
        var lines = databases.map { assessment in
            let failed = failedVotes(of: assessment)
            let names = failed.map(\.witness.rawValue).joined(separator: ", ")
            let outside =
                failed.contains(where: \.witness.standsOutside) ? "" : ", none from outside our own path"
            let count = "\(failed.count) of \(policy.quorum) needed say failed"
            return "\(assessment.database): \(count)\(failed.isEmpty ? "" : " (\(names)\(outside))")"
        }
        // The count alone would not explain a quorum that is there, but contradicted.
        if verdict != .failed { lines.append("the judgement is \(verdict.rawValue)") }
        return lines.joined(separator: "; ")
    }
}
