extension GateID { public static let target: GateID = "target" }

extension Gate {
    static let target = Gate(
        .target, .safe, override: .never, asks: "the standby can serve as the writer",
        on: [.standbyDatabase, .standbyProbe]
    ) { situation in
        let unfit = situation.inquiries.contains { $0.unfitness != nil }
        return situation.answer(
            !unfit,
            situation.inquiries.map { "\($0.database.id): \($0.fitnessText)" }.joined(separator: "; "))
    }
}

extension Inquiry {
    fileprivate var fitnessText: String {
        unfitness ?? "\(database.standby.identifier) is \(state(.standby)?.value?.status ?? "fit")"
    }
}
