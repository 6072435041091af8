extension GateID { public static let mode: GateID = "mode" }

extension Gate {
    static let mode = Gate(
        .mode, .authorised, override: .byVerb, asks: "the mode lets drctl act by itself"
    ) { situation in
        switch situation.policy.mode {
        case .automatic: situation.open("mode is automatic")
        case .approval:
            situation.closed(
                "mode is approval: a person must say yes (drctl approve \(situation.workload.id))")
        case .observe: situation.closed("mode is observe: nothing is done without drctl failover")
        }
    }
}
