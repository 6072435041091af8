extension GateID { public static let capacity: GateID = "capacity" }

extension Gate {
    /// Two hundred promotions at once would be throttled and overload the Region that they flee to.
    static let capacity = Gate(
        .capacity, .authorised, override: .byVerb,
        asks: "a slot is free: fewer failovers run than may run at once"
    ) { situation in
        let surroundings = situation.surroundings
        let running = surroundings.running(at: situation.now)
        let ahead = surroundings.ahead
        let text = "\(running) of \(surroundings.capacity) slots for failovers are taken by others"
        guard ahead.isEmpty || running >= surroundings.capacity else {
            let names = ahead.prefix(5).map(\.id.rawValue).joined(separator: ", ")
            return situation.answer(
                running + ahead.count < surroundings.capacity, "\(text), and first comes \(names)")
        }
        return situation.answer(running < surroundings.capacity && !planted(.waitsForNoSlot), text)
    }
}
