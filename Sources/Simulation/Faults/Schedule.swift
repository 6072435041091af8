import Failover

/// What goes wrong in a run, drawn up front. Swarm style: each run draws which kinds there are at all, so
/// that some runs are about one trouble and others about many at once.
struct Schedule {
    private(set) var faults: [Fault] = []
    /// From here on only what lasts to the end of the run is still wrong.
    let calmFrom: Timestamp

    private let layout: Layout
    private let start: Timestamp
    private var chance: Chance

    static func drawn(from seed: Seed, for layout: Layout, start: Timestamp) -> Schedule {
        var schedule = Schedule(layout, start, seed.stream("faults"))
        schedule.draw()
        return schedule
    }

    private init(_ layout: Layout, _ start: Timestamp, _ chance: Chance) {
        self.layout = layout
        self.start = start
        self.chance = chance
        calmFrom = start + layout.troubledFor
    }

    private mutating func draw() {
        let main = drawMainEvent()
        // A quarter of the runs have nothing else, or next to nothing: what is simple must be right, too.
        let share = chance.one(of: [0.0, 0.05, 0.1, 0.2, 0.35])
        for kind in Fault.Kind.allCases where !kind.isMainEvent {
            guard chance.happens(share * kind.commonness(in: layout)) else { continue }
            for _ in 1...chance.number(1...3) { drawNoise(kind, near: main) }
        }
        if let main, chance.happens(0.5) { drawAmbush(after: main) }
        faults.sort { ($0.from, $0.index) < ($1.from, $1.index) }
        for index in faults.indices { faults[index].index = index }
    }

    /// What a failover is, or nearly is, the answer to; nil in a third of the runs.
    private mutating func drawMainEvent() -> Timestamp? {
        guard chance.happens(0.68) else { return nil }
        let kind = chance.one(of: Fault.Kind.mainEvents)
        let from = moment(after: .seconds(60), before: layout.troubledFor - .seconds(200))
        let (workload, database) = chance.one(of: layout.databases)
        var place = Fault.Place()
        switch kind {
        case .regionDead, .dataPlaneDown, .controlPlaneDown: place.region = workload.primaryRegion
        default: place.site = SiteName(database.primary)
        }
        add(kind, place, from, lasting: mainSpan(kind, workload))
        // A whole workload's databases die together more often than not.
        if place.site != nil, workload.databases.count > 1, chance.happens(0.7) {
            for other in workload.databases where other.id != database.id {
                add(kind, .init(site: SiteName(other.primary)), from, lasting: nil)
            }
        }
        return from
    }

    /// Nil: to the end of the run. Short ones end around the moment of the decision.
    private mutating func mainSpan(_ kind: Fault.Kind, _ workload: Workload) -> Duration? {
        switch kind {
        case .multiAZ, .maintenance: return chance.duration(.seconds(40)...(.seconds(400)))
        default: break
        }
        if chance.happens(0.6) { return nil }
        let window = workload.policy.confirmationWindow
        return chance.duration((window / 2)...(window * 2 + .seconds(300)))
    }

    private mutating func drawNoise(_ kind: Fault.Kind, near main: Timestamp?) {
        let from: Timestamp
        if let main, chance.happens(0.6) {
            from = min(main + chance.duration(.seconds(-60)...(.seconds(500))), calmFrom - .seconds(1))
        } else {
            from = moment(after: .seconds(1), before: layout.troubledFor - .seconds(1))
        }
        let rate = kind.isAllOrNothing ? 1 : chance.one(of: [0.05, 0.2, 0.5, 0.9, 1])
        let span: Duration =
            kind.isInstant ? .zero : chance.duration(.seconds(5)...chance.one(of: kind.spans))
        add(kind, place(of: kind), max(from, start), lasting: span, rate: rate)
    }

    /// What is meant to meet a failover under way: the hardest moments are between its steps.
    private mutating func drawAmbush(after main: Timestamp) {
        for _ in 1...chance.number(1...2) {
            let kind = chance.one(of: Fault.Kind.ambushes.filter { $0.commonness(in: layout) > 0 })
            let from = min(main + chance.duration(.seconds(20)...(.seconds(500))), calmFrom - .seconds(1))
            let span: Duration =
                kind.isInstant ? .zero : chance.duration(.seconds(20)...chance.one(of: kind.spans))
            let rate = kind.isAllOrNothing ? 1 : chance.one(of: [0.3, 0.6, 1])
            add(kind, place(of: kind), from, lasting: span, rate: rate)
        }
    }

    private mutating func place(of kind: Fault.Kind) -> Fault.Place {
        let (workload, database) = chance.one(of: layout.databases)
        let host = chance.one(of: layout.hosts).id
        let region = chance.one(of: layout.regions)
        switch kind.scope {
        case .site: return .init(site: SiteName(chance.happens(0.7) ? database.primary : database.standby))
        case .standby: return .init(site: SiteName(database.standby))
        case .region: return .init(region: region)
        case .edge:
            return .init(
                host: layout.hosts.count == 1 || chance.happens(0.6) ? host : nil,
                region: chance.happens(0.5) ? workload.primaryRegion : region,
                service: chance.happens(0.6)
                    ? nil
                    : chance.one(of: ["rds", "route53", "cloudwatch", "sns", "ec2", "probe", "dynamodb"]))
        case .host: return .init(host: host)
        case .workload: return .init(host: host, workload: workload.id)
        case .everywhere: return .init()
        }
    }

    private mutating func moment(after first: Duration, before last: Duration) -> Timestamp {
        start + chance.duration(first...max(first, last))
    }

    private mutating func add(
        _ kind: Fault.Kind, _ place: Fault.Place, _ from: Timestamp, lasting span: Duration?,
        rate: Double = 1
    ) {
        let until = span.map { min(from + $0, max(calmFrom, from)) } ?? .distantFuture
        faults.append(
            Fault(index: faults.count, kind: kind, place: place, from: from, until: until, rate: rate))
    }
}

extension Timestamp {
    /// After the end of every run.
    static let distantFuture = Timestamp(milliseconds: 4_102_444_800_000)
}
