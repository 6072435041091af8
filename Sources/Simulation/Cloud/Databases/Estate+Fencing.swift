import Failover

/// `ModifyDBInstance`, `ModifyDBCluster`, `RebootDBInstance` and the inbound rules of security groups.
extension Estate {
    /// The whole new list. It is in force a little later; established connections do not notice.
    func setGroups(_ names: [String], of node: Node, in database: TwinDatabase) throws(Refusal) {
        guard node.state.status == "available" else {
            throw node.isCluster
                ? Refusal("InvalidDBClusterStateFault", "\(node.identifier) is \(node.state.status).")
                : .instanceState(node)
        }
        for name in names where groups[node.region]?[name] == nil {
            throw Refusal("InvalidParameterValue", "Unable to find security group \(name).")
        }
        change(node) { state in
            let kept = state.groups.filter { $0.status != "removing" }
            state.groups =
                kept.map { .init(group: $0.group, status: names.contains($0.group) ? $0.status : "removing") }
                + names.filter { name in !kept.contains { $0.group == name } }
                .map { .init(group: $0, status: "adding") }
        }
        after(database.chance.duration(temper.groupChange), in: node.region) { [unowned self] in
            change(node) { state in
                state.groups = state.groups.filter { $0.status != "removing" }.map { .init(group: $0.group) }
            }
            settleFence(of: node, in: database)
        }
    }

    func reboot(_ identifier: String, in region: Region) throws(Refusal) -> Node {
        guard let (database, node) = find(identifier, in: region), node.instance == identifier.lowercased()
        else { throw .noInstance(identifier) }
        guard node.state.instanceStatus == "available", !node.isRestarting else { throw .instanceState(node) }
        showRestart("rebooting", of: node)
        let span = database.chance.duration(temper.restart)
        restart(node, of: database, for: span) { [unowned self] in showRestart("available", of: node) }
        return node
    }

    /// A restart is the instance's; a cluster stays what it is.
    private func showRestart(_ work: String, of node: Node) {
        node.instanceWork = work
        if !node.isCluster { node.work = work }
        settleStatus(of: node)
    }

    /// Every rule given must be there.
    func revoke(_ rules: [IngressRule], of group: String, in region: Region) throws(Refusal) {
        guard let there = groups[region]?[group]?.now else { throw .noGroup(group) }
        guard rules.allSatisfy(there.contains) else {
            throw Refusal(
                "InvalidPermission.NotFound",
                "The specified rule does not exist in this security group.")
        }
        set(there.filter { !rules.contains($0) }, of: group, in: region)
    }

    /// As a person does, who lets clients in again.
    func authorize(_ rules: [IngressRule], of group: String, in region: Region) throws(Refusal) {
        guard let there = groups[region]?[group]?.now else { throw .noGroup(group) }
        guard !rules.contains(where: there.contains) else {
            throw Refusal("InvalidPermission.Duplicate", "The specified rule already exists.")
        }
        set(there + rules, of: group, in: region)
    }

    private func set(_ rules: [IngressRule], of group: String, in region: Region) {
        groups[region]?[group]?.set(rules, at: now)
        for database in databases {
            for node in database.nodes where node.region == region { settleFence(of: node, in: database) }
        }
    }

    /// A side is fenced once no group lets anybody in and its engine has stopped since.
    func settleFence(of node: Node, in database: TwinDatabase) {
        guard !lets(in: node, at: now) else {
            node.closedDuring = nil
            node.isFenced = false
            return
        }
        let closedDuring = node.closedDuring ?? node.state.start
        node.closedDuring = closedDuring
        guard !node.isFenced, node.state.start > closedDuring || !node.state.isUp else { return }
        node.isFenced = true
        // What Aurora has made read-only before was told then.
        if node.state.takesWrites { note(.fenced(database.id, site: node.name)) }
    }
}

extension Refusal {
    static func noGroup(_ group: String) -> Refusal {
        Refusal("InvalidGroup.NotFound", "The security group '\(group)' does not exist")
    }
}
