extension GateID { public static let hold: GateID = "hold" }

extension Gate {
    /// Nobody fails over what somebody has stopped: who wants to, ends the hold first, and that is on record.
    static let hold = Gate(
        .hold, .authorised, override: .never, asks: "nobody has put the workload on hold"
    ) { situation in
        guard let hold = situation.state.hold, !planted(.ignoresHolds) else {
            return situation.open("not on hold")
        }
        return situation.closed("on hold by \(hold.by) since \(hold.since): \(hold.reason)")
    }
}
