extension GateID { public static let cooldown: GateID = "cooldown" }

extension Gate {
    /// Armed by completed failovers only: one that never completed must not lock its successor out.
    static let cooldown = Gate(
        .cooldown, .authorised, override: .byVerb, asks: "the last completed failover was long enough ago"
    ) { situation in
        guard let completed = situation.state.lastCompletedAt else {
            return situation.open("no failover before")
        }
        let age = situation.now - completed
        let rest = situation.policy.cooldown - age
        return rest <= .zero
            ? situation.open("the last failover was \(age.text) ago")
            : situation.closed("the last failover was \(age.text) ago; quiet for another \(rest.text)")
    }
}
