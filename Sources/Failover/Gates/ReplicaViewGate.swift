extension GateID { public static let replicaView: GateID = "replica-view" }

extension Gate {
    /// A replica that still receives has a primary that still commits, whoever else cannot see it. Asked
    /// even where `replication` is not among the witnesses in use. A person's word passes over it, because
    /// the same proof closes `source-alive`, which has to be named.
    ///
    /// It is given the time to say so: where a Region's public edge is gone, our probe, its API and all
    /// checkers fail within seconds, and the replica's metric, minutes late, is the only one that knows
    /// better.
    static let replicaView = Gate(
        .replicaView, .evidence, override: .byVerb,
        asks: "the replica has been heard since the outage began, and does not still receive changes",
        on: [.replication, .standbyDatabase]
    ) { situation in
        let contradicts = situation.inquiries.contains(where: \.replicaContradicts)
        return situation.answer(
            !contradicts, situation.inquiries.map(\.replicaText).joined(separator: "; "))
    }
}

extension Inquiry {
    fileprivate var replicaContradicts: Bool {
        switch vote(of: .replication).opinion {
        case .alive, .healthy: true
        case .unknown: awaitsReplica
        case .failed, .recovering, .configurationFault: false
        }
    }

    /// Asked while the replica's vote is *unknown*. The newest sample is from before it could have told:
    /// another one comes within minutes. Once that one is too old (`metricFreshness`) none is coming, and
    /// nobody waits for it. A question that CloudWatch turns away meanwhile shortens nothing.
    private var awaitsReplica: Bool {
        guard let heardAt = unheardSince else { return false }
        return age(heardAt) <= policy.metricFreshness || !mayFallSilent
    }

    /// When the replica was last heard, where that was before it could have told; nil where it has told.
    private var unheardSince: Timestamp? {
        guard let dark = attention.darkSince,
            let heardAt = [newestLag?.sampledAt, attention.lagHeardAt].compactMap(\.self).max(),
            heardAt <= dark + clockMargin + usualLag(before: dark)
        else { return nil }
        return heardAt
    }

    /// RDS may publish nothing for a replica whose source is gone. A secondary Aurora cluster goes on
    /// measuring: its silence is CloudWatch's own trouble, and tells nothing of the primary.
    private var mayFallSilent: Bool { database.kind == .rdsReplica }

    /// What the replica lacked before the outage: a change made since then shows so much later. A replica
    /// that was far behind is no quick witness, and a minute (one sample more) is as long as it is waited
    /// for.
    private func usualLag(before dark: Timestamp) -> Duration {
        // The least: the sample whose minute the outage began in has some of the outage in it.
        let earlier = knownLagSamples.filter { $0.sampledAt <= dark }.compactMap(\.lag).min()
        return min(earlier ?? .zero, .seconds(60))
    }

    fileprivate var replicaText: String {
        let vote = vote(of: .replication)
        let text = vote.because
        guard vote.opinion == .unknown, let heardAt = unheardSince, awaitsReplica else {
            return "\(database.id): \(text)"
        }
        return age(heardAt) <= policy.metricFreshness
            ? "\(database.id): \(text); waiting for a sample from after the outage began"
            : "\(database.id): \(text); without one a person decides: drctl failover"
    }
}
