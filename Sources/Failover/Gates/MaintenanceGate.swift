extension GateID { public static let maintenance: GateID = "maintenance" }

extension Gate {
    /// An operator's restart is not an outage (GitLab, 2021-04-28).
    static let maintenance = Gate(
        .maintenance, .authorised, override: .byVerb, asks: "no maintenance window is open"
    ) { situation in
        let end = situation.policy.maintenance.compactMap { $0.end(at: situation.now) }.max()
        guard let end else { return situation.open("no maintenance window is open") }
        return situation.closed("in a maintenance window until \(end); it opens by itself then")
    }
}
