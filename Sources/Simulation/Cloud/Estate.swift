import Failover

/// The true AWS of a run: what exists, what it does by itself as time passes, and what really happened. It
/// costs nothing while nothing happens: what changes by itself has a timer, and what follows from the time
/// alone (lag, samples, checkers) is worked out when somebody asks.
///
/// Lives on the run's one thread. Every order is that of the layout.
final class Estate {
    let temper: Temper
    let seed: Seed
    let time: VirtualTime
    let trace: Trace
    private var regions: [Region: History<RegionState>] = [:]
    private var troubles: [Region: [RegionTrouble]] = [:]
    /// Work that waits for a Region to come back.
    private var deferred: [Region: [() -> Void]] = [:]

    /// In the order of the layout.
    private(set) var databases: [TwinDatabase] = []
    private var byHost: [String: (database: TwinDatabase, node: Node)] = [:]
    private var byName: [Region: [String: (database: TwinDatabase, node: Node)]] = [:]

    /// Security groups by Region and name, with their inbound rules.
    var groups: [Region: [String: History<[IngressRule]>]] = [:]
    var zones: [String: Zone] = [:]
    var zoneOrder: [String] = []
    /// Accepted change batches by id.
    var changes: [String: ZoneChange] = [:]
    var lastEdit: [String: Timestamp] = [:]
    /// While true no change becomes INSYNC, though the name servers have it.
    var changesStayPending = false
    var nameChance: Chance
    /// What watches the primaries' endpoints, by id.
    var endpointChecks: [String: EndpointCheck] = [:]
    /// What watches the levers' metrics, by id of the health check.
    var leverChecks: [String: LeverCheck] = [:]
    var leverOrder: [String] = []
    /// By ARN.
    var topics: [String: Topic] = [:]
    private var ids = 0

    init(_ workloads: [Workload], seed: Seed, time: VirtualTime, trace: Trace, temper: Temper = Temper()) {
        self.seed = seed
        self.temper = temper
        self.time = time
        self.trace = trace
        nameChance = seed.stream("estate/names")
        lay(out: workloads)
    }

    var now: Timestamp { time.now }

    /// For what the provider does: it waits until both planes of the Region are there.
    func after(_ span: Duration, in region: Region, _ act: @escaping () -> Void) {
        time.after(span) { [unowned self] in
            if state(of: region).canWork { act() } else { deferred[region, default: []].append(act) }
        }
    }

    // MARK: Regions

    func state(of region: Region, at time: Timestamp? = nil) -> RegionState {
        guard let past = regions[region] else { return RegionState() }
        return time.map(past.at) ?? past.now
    }

    func lastChange(of region: Region) -> Timestamp? { regions[region]?.lastChange }

    func begin(_ trouble: RegionTrouble, in region: Region) {
        troubles[region, default: []].append(trouble)
        settle(region)
    }

    /// Ends one of its kind.
    func end(_ trouble: RegionTrouble, in region: Region) {
        guard let index = troubles[region]?.firstIndex(of: trouble) else { return }
        troubles[region]?.remove(at: index)
        settle(region)
    }

    private func settle(_ region: Region) {
        let before = state(of: region)
        let state = RegionState(troubles[region] ?? [])
        regions[region, default: History(before, from: now)].set(state, at: now)
        if before.hasData != state.hasData {
            for database in databases { settleReplication(of: database) }
        }
        guard state.canWork, let waiting = deferred.removeValue(forKey: region) else { return }
        // Not all in the same instant: the provider has a queue to work off.
        for (index, act) in waiting.enumerated() { after(.seconds(5 + 2 * index), in: region, act) }
    }

    // MARK: Looking things up

    func find(host: String) -> (database: TwinDatabase, node: Node)? { byHost[host.lowercased()] }
    func find(_ identifier: String, in region: Region) -> (database: TwinDatabase, node: Node)? {
        byName[region]?[identifier.lowercased()]
    }
    func find(_ site: SiteName) -> (database: TwinDatabase, node: Node)? {
        find(site.identifier, in: site.region)
    }

    // MARK: Changing things

    func change(_ node: Node, _ change: (inout NodeState) -> Void) {
        var state = node.state
        change(&state)
        guard state != node.state else { return }
        node.past.set(state, at: now)
    }

    func note(_ effect: Effect) { trace.note(.effect(effect)) }

    /// Ids of requests and changes: in their order, so that two runs name the same things the same.
    func nextID() -> Int {
        ids += 1
        return ids
    }

    func add(_ database: TwinDatabase) {
        databases.append(database)
        for node in database.nodes {
            byHost[node.site.endpoint.host.lowercased()] = (database, node)
            byName[node.region, default: [:]][node.identifier] = (database, node)
            if node.isCluster { byName[node.region, default: [:]][node.instance] = (database, node) }
            if regions[node.region] == nil { regions[node.region] = History(RegionState(), from: now) }
        }
    }
}
