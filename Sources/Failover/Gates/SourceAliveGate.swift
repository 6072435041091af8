extension GateID { public static let sourceAlive: GateID = "source-alive" }

extension Gate {
    static let sourceAlive = Gate(
        .sourceAlive, .evidence, override: .named, asks: "nothing proves the primary alive",
        on: WitnessKind.allCases.map(\.slot)
    ) { situation in
        let alive = situation.databases.contains { !situation.lifeVotes(of: $0).isEmpty }
        return situation.answer(
            !alive,
            alive
                ? situation.databases.flatMap(situation.lifeSigns).joined(separator: "; ")
                : "nothing proves the primary alive")
    }
}

extension Situation {
    /// What says that the primary lives. While nothing has said failed every good word counts; from then on
    /// only what is younger than that (see `Vote.Opinion.alive`).
    func lifeVotes(of item: DatabaseAssessment) -> [Vote] {
        item.votes.filter { vote in
            vote.opinion == .alive || (item.darkSince == nil && vote.opinion == .healthy)
                || (vote.witness == .probe && vote.opinion == .configurationFault && refusesUs(item.database))
        }
    }

    private func refusesUs(_ database: DatabaseID) -> Bool {
        inquiries.contains { $0.database.id == database && $0.primaryRefusesUs }
    }

    func lifeSigns(of item: DatabaseAssessment) -> [String] {
        lifeVotes(of: item).map { "\(item.database): \($0.witness.rawValue): \($0.because)" }
    }
}
