extension GateID { public static let freshness: GateID = "freshness" }

extension Gate {
    /// The witness that would object may be the slowest: all in use must have been looked at a moment ago,
    /// whatever came of it.
    static let freshness = Gate(
        .freshness, .evidence, override: .byVerb, asks: "every witness in use was looked at a moment ago",
        on: Slot.allCases
    ) { situation in
        let stale = situation.inquiries.contains { !$0.hasLookedAtWitnesses }
        return situation.answer(
            !stale,
            stale
                ? situation.inquiries.flatMap(\.staleWitnesses).joined(separator: "; ")
                : "every witness was looked at in the last \(situation.policy.freshness.text)")
    }
}

extension Inquiry {
    var hasLookedAtWitnesses: Bool {
        WitnessKind.allCases.allSatisfy { !policy.witnesses.contains($0) || isFresh($0.slot) }
    }

    fileprivate var staleWitnesses: [String] {
        WitnessKind.allCases.filter { policy.witnesses.contains($0) && !isFresh($0.slot) }.map { witness in
            let seen = evidence.newest(witness.slot).map { "was looked at \(age($0.at).text) ago" }
            return "\(database.id): \(witness.rawValue) \(seen ?? "was never looked at")"
        }
    }
}
