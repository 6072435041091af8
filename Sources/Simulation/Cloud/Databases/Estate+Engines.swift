import Failover

/// What keeps engines up and replication going.
extension Estate {
    /// Something takes the engine of `site` down until `end`. `status`: what the control plane calls it
    /// meanwhile; nil while it has not noticed.
    func beginTrouble(at site: SiteName, status: String?) {
        guard let (database, node) = find(site) else { return }
        node.troubles += 1
        if let status { node.shownTroubles.append(status) }
        settleStatus(of: node)
        settle(node, of: database)
    }

    func endTrouble(at site: SiteName, status: String?) {
        guard let (database, node) = find(site), node.troubles > 0 else { return }
        node.troubles -= 1
        if let status, let index = node.shownTroubles.firstIndex(of: status) {
            node.shownTroubles.remove(at: index)
        }
        settleStatus(of: node)
        settle(node, of: database)
    }

    /// Connections are taken, and nothing that writes comes back.
    func setHanging(_ hangs: Bool, at site: SiteName) {
        guard let (_, node) = find(site) else { return }
        change(node) { $0.hangs = hangs }
    }

    /// What the provider does to a whole side.
    func show(_ work: String, of node: Node) {
        node.work = work
        node.instanceWork = work
        settleStatus(of: node)
    }

    /// A trouble hides what else is going on.
    func settleStatus(of node: Node) {
        change(node) {
            $0.status = node.shownTroubles.last ?? node.work
            $0.instanceStatus = node.shownTroubles.last ?? node.instanceWork
        }
    }

    /// Nothing gets through to the replica of `site`'s database, or everything does again.
    func setReplicationCut(_ isCut: Bool, of site: SiteName) {
        find(site)?.database.stream.set(.link, isCut, at: now)
    }

    /// Under 1 the replica falls behind; nil for its usual speed.
    func limitReplication(of site: SiteName, to speed: Double?) {
        find(site)?.database.stream.limit(to: speed ?? ReplicationStream.catchUpSpeed, at: now)
    }

    /// Replication stops on an error, which the control plane shows; nil ends it.
    func setReplicationError(_ text: String?, of site: SiteName) {
        guard let (database, _) = find(site) else { return }
        database.stream.set(.error, text != nil, at: now)
        change(database.standby) { $0.replicationError = text }
    }

    func restart(_ node: Node, of database: TwinDatabase, for span: Duration, then: @escaping () -> Void) {
        node.isRestarting = true
        settle(node, of: database)
        after(span, in: node.region) { [unowned self] in
            node.isRestarting = false
            settle(node, of: database)
            then()
        }
    }

    /// Brings the engine's state in line with what works on it.
    func settle(_ node: Node, of database: TwinDatabase) {
        let isUp = node.troubles == 0 && !node.isRestarting
        change(node) {
            if $0.isUp && !isUp { $0.start += 1 }
            $0.isUp = isUp
        }
        settleFence(of: node, in: database)
        settleReplication(of: database)
    }

    func settleReplication(of database: TwinDatabase) {
        func isThere(_ node: Node) -> Bool { node.state.isUp && state(of: node.region).hasData }
        database.stream.set(.source, !isThere(database.primary), at: now)
        database.stream.set(.replica, !isThere(database.standby), at: now)
    }
}
