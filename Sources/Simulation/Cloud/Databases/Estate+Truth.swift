import Failover

/// What really became of a database's transactions.
struct Reckoning: Equatable, Sendable {
    /// Nil while nothing was promoted.
    var fork: Fork?
    /// Commits that the old writer accepted after the fork: they conflict with those of the new one.
    var conflicting: Int
    /// Commits that the new writer has accepted.
    var onNewWriter: Int
    /// Both sides have accepted commits since the fork.
    var isSplit: Bool { conflicting > 0 && onNewWriter > 0 }
}

extension Estate {
    /// The sides that would commit somebody's transaction at this moment.
    func writers(of database: TwinDatabase) -> [SiteName] {
        database.nodes.filter { node in
            node.state.isUp && node.state.takesWrites && !node.state.hangs && !node.isFenced
                && state(of: node.region).hasData
        }.map(\.name)
    }

    func reckoning(of database: TwinDatabase) -> Reckoning {
        guard let fork = database.fork else {
            return Reckoning(fork: nil, conflicting: 0, onNewWriter: 0)
        }
        let old = database.primary.log
        return Reckoning(
            fork: fork, conflicting: old.position - fork.position - fork.lostCommits,
            onNewWriter: database.standby.log.position - database.standby.log.base)
    }

    /// Commits of all old writers after their forks.
    var conflicts: Int { databases.reduce(0) { $0 + reckoning(of: $1).conflicting } }

    /// Commits of the primary that are not on the standby, and the span that they lie in, as of now.
    func exposure(of database: TwinDatabase) -> (commits: Int, span: Duration)? {
        guard database.fork == nil else { return nil }
        let horizon = database.stream.horizon(at: now)
        let log = database.primary.log
        let commits = log.position - log.position(upTo: horizon)
        return (commits, commits > 0 ? (log.last.map { $0.at - horizon } ?? .zero) : .zero)
    }

    /// Cuts the history in two: what the standby has not received by now, it never will.
    func part(_ database: TwinDatabase) -> Fork {
        if let fork = database.fork { return fork }
        let horizon = database.stream.horizon(at: now)
        let log = database.primary.log
        let position = log.position(upTo: horizon)
        let lost = log.position - position
        let fork = Fork(
            at: now, horizon: horizon, position: position, lostCommits: lost,
            lostSpan: lost > 0 ? (log.last.map { $0.at - horizon } ?? .zero) : .zero)
        database.fork = fork
        database.stream.set(.promotion, true, at: now)
        database.standby.log = CommitLog(base: position)
        return fork
    }
}
