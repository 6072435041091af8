extension GateID { public static let lag: GateID = "lag" }

extension Gate {
    static let lag = Gate(
        .lag, .safe, override: .allowDataLoss, asks: "what would be lost is known and within the limit",
        on: [.replication]
    ) { situation in
        let limit = situation.policy.maximumDataLoss
        let open = situation.databases.allSatisfy { $0.lag.map { $0.loss <= limit } ?? false }
        return situation.answer(
            open, situation.databases.map { $0.lossText(limit: limit) }.joined(separator: "; "))
    }
}

extension LagView {
    var loss: Duration { .milliseconds(Int64(lossSeconds * 1000)) }
}

extension DatabaseAssessment {
    fileprivate func lossText(limit: Duration) -> String {
        guard let lag else { return "\(database): the replication lag is unknown" }
        let side = lag.loss <= limit ? "within" : "over"
        return "\(database): up to \(lag.loss.text) would be lost, \(side) the limit of \(limit.text)"
    }
}
