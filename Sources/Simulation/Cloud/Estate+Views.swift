import Failover

/// What AWS shows of the estate, as it was at a moment: the facts that observers make of its answers.
extension Estate {
    /// What the RDS API of `region` says about one instance or cluster.
    func databaseState(of identifier: String, in region: Region, asOf time: Timestamp) -> Reading<
        DatabaseState
    > {
        guard let (database, node) = find(identifier, in: region), node.identifier == identifier.lowercased()
        else { return .unknown(reason: .notFound, detail: "\(identifier) is not in \(region)") }
        let state = node.past.at(time)
        let global = database.global?.at(time)
        let member = global?.member(node.side)
        let isReplica = database.isReplica(node, at: time)
        var replication: DatabaseState.ReplicationStatus?
        if let member {
            let word = member.synchronization
            replication = .init(normal: word == "connected", text: word)
        } else if isReplica {
            replication =
                state.replicationError.map { .init(normal: false, text: "error: \($0)") }
                ?? .init(normal: true, text: "replicating")
        }
        return .known(
            value: DatabaseState(
                status: state.status, role: isReplica ? .replica : .writer,
                replicaOf: isReplica ? (database.globalIdentifier ?? state.source) : nil,
                replication: replication, resourceID: node.resourceID, arn: node.arn,
                engineVersion: node.engineVersion, securityGroups: state.groups.map(\.group),
                endpoint: node.site.endpoint,
                globalFailover: member == nil ? nil : global?.movement?.status))
    }

    /// One connection to an endpoint: what a probe of ours would be told. Nil when no answer comes.
    func probe(_ host: String) -> ProbeAnswer? {
        switch connect(to: host) {
        case .session: ProbeAnswer(answered: true, detail: "answered S in 12 ms")
        case .refused: ProbeAnswer(answered: false, detail: "refused")
        case .silent, .unknownName: nil
        }
    }
}

extension Estate {
    /// What the server behind `host` would say in SQL on a connection of its own. `writes`: whether a row is
    /// written, which no client's commit is. Nil when no connection comes about.
    func sql(_ host: String, writes: Bool) -> SQLAnswer? {
        guard case .session = connect(to: host), let (database, node) = find(host: host) else { return nil }
        let horizon = node.side == .primary ? now : database.stream.horizon(at: now)
        let isReplica = !node.state.takesWrites
        let position = isReplica ? database.primary.log.position(upTo: horizon) : node.log.position
        let hex = String(position, radix: 16, uppercase: true)
        var answer = SQLAnswer(outcome: .looked, detail: "answered at 0/\(hex)", position: "0/\(hex)")
        if isReplica {
            answer.outcome = .readOnly
            let commits = [database.canary, database.primary.log].compactMap { $0.last(upTo: horizon)?.at }
            let beat = commits.max()
            answer.heartbeat = beat.map { LagSample(sampledAt: now, lagSeconds: (now - $0).inSeconds) }
        } else if node.state.hangs, writes {
            return SQLAnswer(outcome: .stalled, detail: "a write was not committed in time")
        } else if writes {
            answer.outcome = .wrote
            if node.side == .primary { _ = database.canary.append(1, at: now) }
        }
        return answer
    }
}
