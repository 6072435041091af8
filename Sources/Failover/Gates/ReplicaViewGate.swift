extension GateID { public static let replicaView: GateID = "replica-view" }

extension Gate {
    /// A replica that still receives has a primary that still commits, whoever else cannot see it. Asked
    /// even where `replication` is not among the witnesses in use. A person's word passes over it, because
    /// the same proof closes `source-alive`, which has to be named.
    static let replicaView = Gate(
        .replicaView, .evidence, override: .byVerb, asks: "the replica does not still receive changes",
        on: [.replication, .standbyDatabase]
    ) { situation in
        let receiving = situation.inquiries.contains(where: \.replicaReceives)
        return situation.answer(
            !receiving, situation.inquiries.map(\.replicaText).joined(separator: "; "))
    }
}

extension Inquiry {
    fileprivate var replicaReceives: Bool {
        switch vote(of: .replication).opinion {
        case .alive, .healthy: true
        case .failed, .unknown, .recovering, .configurationFault: false
        }
    }

    fileprivate var replicaText: String { "\(database.id): \(vote(of: .replication).because)" }
}
