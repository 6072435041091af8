import Failover

extension Estate {
    /// Where Route 53's control plane and its metrics live.
    static let globalRegion: Region = "us-east-1"
    /// The group that lets an application in, one a side.
    static func applicationGroup(_ workload: WorkloadID, _ database: DatabaseID, _ side: Side) -> String {
        "sg-\(workload)-\(database)-\(side.rawValue)"
    }

    /// Makes everything that the workloads name, in good order: writers at the primaries, replicas that
    /// follow, records that lead to the writers, health checks, topics.
    func lay(out workloads: [Workload]) {
        for workload in workloads {
            for database in workload.databases { lay(out: database, of: workload) }
            for lever in workload.traffic { lay(out: lever, of: workload) }
            for topic in workload.topics { topics[topic.arn] = topic }
        }
    }

    private func lay(out database: Database, of workload: Workload) {
        var chance = seed.stream("estate/\(workload.id)/\(database.id)")
        var isCluster = false
        if case .auroraGlobal = database.kind { isCluster = true }
        let nodes = Side.allCases.map { side in
            let group = Self.applicationGroup(workload.id, database.id, side)
            let state = NodeState(takesWrites: side == .primary, groups: [.init(group: group)])
            addGroup(group, in: database.site(side).region, isOpen: true)
            return Node(
                side: side, site: database.site(side), isCluster: isCluster, engineVersion: "16.4",
                state: state,
                from: now)
        }
        let (primary, standby) = (nodes[0], nodes[1])
        if !isCluster { change(standby) { $0.source = primary.arn } }
        switch database.fencing.method {
        case .none: break
        case .quarantine(let groups):
            for group in groups { addGroup(group, in: primary.region, isOpen: false) }
        case .revokeIngress(let groups):
            for group in groups { addGroup(group, in: primary.region, isOpen: true) }
            change(primary) { $0.groups = groups.map { .init(group: $0) } }
        }
        let twin = TwinDatabase(
            workload: workload.id, id: database.id, kind: database.kind, primary: primary, standby: standby,
            stream: ReplicationStream(delay: chance.duration(temper.shipping), from: now),
            // An idle PostgreSQL says less about its lag than a heartbeat does; people have both.
            heartbeat: workload.policy.stallAfter < .seconds(330) || chance.happens(0.5) ? .seconds(10) : nil,
            chance: chance)
        if isCluster {
            twin.global = History(
                GlobalState(members: [
                    .init(side: .primary, isWriter: true), .init(side: .standby, isWriter: false),
                ]), from: now)
        }
        add(twin)
        if let id = database.healthCheckID {
            endpointChecks[id] = EndpointCheck(
                id: id, node: primary, from: now, chance: seed.stream("estate/\(id)"))
        }
    }

    private func lay(out lever: TrafficLever, of workload: Workload) {
        guard let database = workload.database(lever.database) else { return }
        let (old, new) = (database.primary.endpoint.host, database.standby.endpoint.host)
        switch lever {
        case .route53Record(let record):
            let set = RecordSet(
                name: record.name, type: record.type, setIdentifier: record.setIdentifier, ttl: 30,
                value: old)
            add(set, to: record.zoneID)
        case .route53HealthCheck(let check):
            // The zone of failover records is nobody's business but Route 53's.
            let zone = "Z-\(workload.id)"
            for (isPrimary, host) in [(true, old), (false, new)] {
                let set = RecordSet(
                    name: check.name, type: "CNAME", setIdentifier: isPrimary ? "primary" : "secondary",
                    ttl: 30, value: host, failover: isPrimary ? "PRIMARY" : "SECONDARY",
                    healthCheck: isPrimary ? check.healthCheckID : nil)
                add(set, to: zone)
            }
            let chance = seed.stream("estate/\(check.healthCheckID)")
            leverOrder.append(check.healthCheckID)
            leverChecks[check.healthCheckID] = LeverCheck(lever: check, chance: chance)
        }
    }

    private func add(_ set: RecordSet, to zone: String) {
        if zones[zone] == nil { zoneOrder.append(zone) }
        zones[zone, default: Zone(id: zone)].add(set)
    }

    func addGroup(_ name: String, in region: Region, isOpen: Bool) {
        guard groups[region]?[name] == nil else { return }
        let rules = isOpen ? [IngressRule(fromPort: 5432, toPort: 5432, range: "10.0.0.0/8")] : []
        groups[region, default: [:]][name] = History(rules, from: now)
    }
}
