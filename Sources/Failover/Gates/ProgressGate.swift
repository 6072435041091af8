extension GateID { public static let progress: GateID = "progress" }

extension Gate {
    static let progress = Gate(
        .progress, .authorised, override: .never,
        asks: "no failover runs, has stopped, or is to be cleaned up"
    ) { situation in
        let state = situation.state
        switch state.phase {
        case .failingOver: return situation.closed("a failover is running (epoch \(state.epoch))")
        case .needsOperator:
            let id = situation.workload.id
            return situation.closed("a failover stopped halfway: drctl resume or drctl abandon \(id)")
        case .failedOver:
            return situation.closed(
                "already failed over (epoch \(state.epoch)); replication is to be rebuilt first")
        case .watching, .suspected, .blocked, .awaitingApproval:
            return situation.open("no failover is running")
        }
    }
}
