extension GateID { public static let window: GateID = "window" }

extension Gate {
    /// Most outages end by themselves within a minute (GitHub, 2018-10-21: 43 s).
    static let window = Gate(
        .window, .evidence, override: .byVerb, asks: "the quorum has held over the whole confirmation window"
    ) { situation in
        let window = situation.policy.confirmationWindow
        guard let since = situation.attention.quorumSince else {
            return situation.closed("the quorum does not hold; it must for \(window.text)")
        }
        return situation.answer(
            situation.confirmed, "the quorum has held for \((situation.now - since).text) of \(window.text)")
    }
}
