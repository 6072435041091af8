import Failover

/// `RemoveFromGlobalCluster` and `FailoverGlobalCluster`, as AWS carries them out.
extension Estate {
    /// The database of a global cluster that `region` has a member of.
    func global(_ identifier: String, in region: Region) -> TwinDatabase? {
        databases.first { database in
            database.globalIdentifier?.lowercased() == identifier.lowercased()
                && database.isMember(in: region, of: database.global?.now)
        }
    }

    func detach(_ arn: String, from identifier: String, in region: Region) throws(Refusal) -> TwinDatabase {
        let (database, state, node) = try member(arn, of: identifier, in: region)
        guard state.member(node.side)?.isWriter == false else {
            throw Refusal(
                "InvalidGlobalClusterStateFault", "The writer cannot be removed while it has secondaries.")
        }
        guard !database.isLeaving, state.status == "available" else {
            let status = database.isLeaving ? "being left" : state.status
            throw Refusal("InvalidGlobalClusterStateFault", "\(identifier) is \(status).")
        }
        database.isLeaving = true
        let span = database.chance.duration(temper.detach)
        stage(span / 4, database, node) { [unowned self] in
            let fork = part(database)
            note(.detached(database.id, site: node.name, writers: writers(of: database) + [node.name]))
            noteLoss(fork, of: database)
            changeGlobal(of: database) { $0.members.removeAll { $0.side == node.side } }
            show("promoting", of: node)
            stage(span / 2, database, node) { [unowned self] in
                becomeWriter(node, of: database)
                stage(span / 4, database, node) { [unowned self] in show("available", of: node) }
            }
        }
        return database
    }

    func failover(
        _ identifier: String, to arn: String, allowsDataLoss: Bool, in region: Region
    ) throws(Refusal) -> TwinDatabase {
        let (database, state, target) = try member(arn, of: identifier, in: region)
        guard state.member(target.side)?.isWriter == false else {
            throw Refusal("InvalidGlobalClusterStateFault", "\(target.identifier) is the writer already.")
        }
        guard !database.isLeaving, state.status == "available" else {
            throw Refusal("InvalidGlobalClusterStateFault", "\(identifier) is \(state.status).")
        }
        let old = database.node(target.side == .primary ? .standby : .primary)
        let movement = GlobalState.Movement(
            status: "pending", from: old.side, to: target.side, allowsDataLoss: allowsDataLoss)
        changeGlobal(of: database) {
            $0.status = allowsDataLoss ? "failing-over" : "switching-over"
            $0.movement = movement
        }
        // A switchover waits for the old writer, which in an outage does not come.
        guard allowsDataLoss else { return database }
        let span = database.chance.duration(temper.globalFailover)
        let blocks = database.chance.happens(temper.writeBlocks)
        stage(min(.seconds(5), span / 10), database, target) { [unowned self] in
            changeGlobal(of: database) { $0.movement?.status = "failing-over" }
            // Best effort, and only where the old Region can be reached.
            if blocks, self.state(of: old.region).canWork { blockWrites(of: old, in: database) }
            stage(span / 3, database, target) { [unowned self] in
                let fork = part(database)
                note(
                    .globalFailover(
                        database.id, site: target.name, writers: writers(of: database) + [target.name]))
                noteLoss(fork, of: database)
                show("promoting", of: target)
                stage(span / 3, database, target) { [unowned self] in
                    finishFailover(of: database, to: target, old: old, in: span / 3)
                }
            }
        }
        return database
    }

    private func finishFailover(
        of database: TwinDatabase, to target: Node, old: Node, in span: Duration
    ) {
        becomeWriter(target, of: database)
        // The flags follow the truth late.
        stage(span, database, target) { [unowned self] in
            show("available", of: target)
            changeGlobal(of: database) { global in
                global.status = "available"
                global.movement = nil
                for index in global.members.indices {
                    let isTarget = global.members[index].side == target.side
                    global.members[index].isWriter = isTarget
                    global.members[index].synchronization = isTarget ? "connected" : "pending-resync"
                }
            }
            rejoin(old, in: database)
        }
    }

    /// The old writer comes back as a secondary with a fresh volume, once its Region can be worked on.
    private func rejoin(_ old: Node, in database: TwinDatabase) {
        after(.seconds(60), in: old.region) { [unowned self] in
            blockWrites(of: old, in: database)
            restart(old, of: database, for: .seconds(300)) { [unowned self] in
                changeGlobal(of: database) { global in
                    for index in global.members.indices {
                        global.members[index].synchronization = "connected"
                    }
                }
            }
        }
    }

    private func blockWrites(of node: Node, in database: TwinDatabase) {
        guard node.state.takesWrites else { return }
        change(node) { $0.takesWrites = false }
        note(.fenced(database.id, site: node.name))
    }

    private func changeGlobal(of database: TwinDatabase, _ change: (inout GlobalState) -> Void) {
        guard var state = database.global?.now else { return }
        change(&state)
        database.global?.set(state, at: now)
    }

    private func member(
        _ arn: String, of identifier: String, in region: Region
    ) throws(Refusal) -> (TwinDatabase, GlobalState, Node) {
        guard let database = global(identifier, in: region), let state = database.global?.now else {
            throw .noGlobalCluster(identifier)
        }
        guard let node = database.nodes.first(where: { $0.arn == arn }), state.member(node.side) != nil else {
            throw .noCluster(arn)
        }
        // Both calls are for the Region of the cluster that they make a writer.
        guard node.region == region else {
            throw Refusal("InvalidDBClusterStateFault", "\(arn) is not in \(region).")
        }
        return (database, state, node)
    }
}

extension TwinDatabase {
    var globalIdentifier: String? {
        if case .auroraGlobal(let identifier, _) = kind { identifier } else { nil }
    }

    func isMember(in region: Region, of state: GlobalState?) -> Bool {
        state?.members.contains { node($0.side).region == region } ?? false
    }
}
