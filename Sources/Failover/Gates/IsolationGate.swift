extension GateID { public static let isolation: GateID = "isolation" }

extension Gate {
    static let isolation = Gate(
        .isolation, .evidence, override: .never, asks: "something outside answers this host",
        on: Slot.allCases
    ) { situation in
        situation.answer(
            situation.verdict != .isolated,
            situation.verdict == .isolated
                ? "nothing at all answers, not even the standby Region: the fault is on our side"
                : "something outside answers us")
    }
}
