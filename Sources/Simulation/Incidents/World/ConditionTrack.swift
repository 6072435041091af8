import Failover

/// What is true about one database, from before the timeline until its end.
struct ConditionTrack: Sendable {
    /// Where something changes, in order; each holds until the next.
    private var starts: [Duration]
    private var spans: [Conditions]

    init(_ incident: Incident, workload: IncidentWorkload, database: String) {
        let events = incident.events.filter { $0.concerns(workload.name, database) }
        let edges = events.flatMap { $0.edges(upTo: incident.length) }.filter { $0 > .zero }
        // What holds before 0 s is what is so "from the start"; a pulse begins at 0 s itself.
        starts = [.seconds(-86400), .zero] + Set(edges).subtracting([.zero]).sorted()
        let places = Places(primary: workload.primary, standby: workload.standby, host: incident.host)
        spans = starts.map { start in
            var now = Conditions()
            for event in events where event.holds(at: start) {
                event.kind.effect(&now, event.arguments, places)
            }
            now.cutHostOff(with: places)
            return now
        }
    }

    func at(_ time: Duration) -> Conditions { spans[index(of: time)] }

    private func index(of time: Duration) -> Int {
        var (low, high) = (0, starts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if starts[middle] <= time { low = middle } else { high = middle }
        }
        return low
    }
}

extension Conditions {
    /// A host in the standby Region goes the way of that Region.
    fileprivate mutating func cutHostOff(with places: Places) {
        guard places.host == .standby else { return }
        for cut in cuts where cut.one == .standby || cut.other == .standby {
            let other = cut.one == .standby ? cut.other : cut.one
            if other == .primary || other == .internet { cuts.insert(Cut(.host, other)) }
        }
    }
}
