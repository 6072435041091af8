import Failover

/// A connection that was established. It outlives a change of security groups, but no restart.
struct Session: Equatable, Sendable {
    var site: SiteName
    var start: Int
}

/// What somebody who connects is told.
enum ConnectionAnswer: Equatable, Sendable {
    case session(Session)
    /// The host is there, the engine is not.
    case refused
    case silent
    case unknownName
}

enum WriteAnswer: Equatable, Sendable {
    case committed(position: Int)
    /// A replica, or a writer that was blocked.
    case readOnly
    /// No answer comes; the statement may hang for ever.
    case silent
    /// The session has ended.
    case broken
}

/// What clients see. It leaves out the network between them and the Region, which is the fabric's.
extension Estate {
    func connect(to host: String) -> ConnectionAnswer {
        guard let (database, node) = find(host: host) else { return .unknownName }
        guard state(of: node.region).hasData, lets(in: node, at: now) else { return .silent }
        // The writer endpoint of an Aurora secondary is inactive.
        guard !node.isCluster || node.state.takesWrites || database.isWriterByName(node) else {
            return .silent
        }
        guard node.state.isUp else { return .refused }
        return .session(Session(site: node.name, start: node.state.start))
    }

    /// One transaction, or several at once, that wait for their commit.
    func write(_ session: Session, commits: Int = 1) -> WriteAnswer {
        guard let (_, node) = find(session.site) else { return .broken }
        guard state(of: node.region).hasData else { return .silent }
        guard node.state.isUp, node.state.start == session.start else { return .broken }
        guard !node.state.hangs else { return .silent }
        guard node.state.takesWrites else { return .readOnly }
        return .committed(position: node.log.append(commits, at: now))
    }

    /// Whether a new connection would be answered, from anywhere in the world, at `time`.
    func answers(_ node: Node, at time: Timestamp) -> Bool {
        let state = node.past.at(time)
        return state.isUp && self.state(of: node.region, at: time).hasData && lets(in: node, at: time)
    }

    /// Since when `answers` cannot have changed.
    func lastReachabilityChange(of node: Node) -> Timestamp {
        var last = max(node.past.lastChange, lastChange(of: node.region) ?? node.past.lastChange)
        for membership in node.state.groups {
            if let group = groups[node.region]?[membership.group] { last = max(last, group.lastChange) }
        }
        return last
    }

    /// Whether one of its groups lets anybody in.
    func lets(in node: Node, at time: Timestamp) -> Bool {
        node.past.at(time).groups.contains { membership in
            membership.status != "adding"
                && groups[node.region]?[membership.group]?.at(time).isEmpty == false
        }
    }
}

extension TwinDatabase {
    /// Whether its global cluster calls it the writer.
    func isWriterByName(_ node: Node) -> Bool { global?.now.member(node.side)?.isWriter ?? false }
}
