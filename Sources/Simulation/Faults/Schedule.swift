import Failover

/// What goes wrong in a run, drawn up front. Swarm style: each run draws which kinds there are at all, so
/// that some runs are about one trouble and others about many at once.
struct Schedule {
    private(set) var faults: [Fault] = []
    /// From here on only what lasts to the end of the run is still wrong, whatever was drawn.
    let calmFrom: Timestamp

    /// From here on by what was drawn: at `calmFrom` or before.
    var calmSince: Timestamp {
        let ends = faults.filter { $0.until < .distantFuture }.map { $0.until + $0.kind.aftermath }
        return min(ends.max() ?? start, calmFrom)
    }

    private let layout: Layout
    private let start: Timestamp
    private let theme: Theme
    private var chance: Chance

    static func drawn(from seed: Seed, for layout: Layout, start: Timestamp) -> Schedule {
        var schedule = Schedule(layout, start, .drawn(from: seed), seed.stream("faults"))
        schedule.draw()
        return schedule
    }

    /// Faults that were chosen by hand. What ends has to end before the layout's troubles do.
    init(_ faults: [Fault], for layout: Layout, start: Timestamp) {
        self.init(layout, start, .none, Chance(state: 0))
        self.faults = faults
        number()
    }

    private init(_ layout: Layout, _ start: Timestamp, _ theme: Theme, _ chance: Chance) {
        self.layout = layout
        self.start = start
        self.theme = theme
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
        if let main { drawTheme(after: main) }
        number()
    }

    /// In the order in which they begin.
    private mutating func number() {
        faults.sort { ($0.from, $0.index) < ($1.from, $1.index) }
        for index in faults.indices { faults[index].index = index }
    }

    /// What a failover is, or nearly is, the answer to; nil in a third of the runs.
    private mutating func drawMainEvent() -> Timestamp? {
        guard theme != .none || chance.happens(0.68) else { return nil }
        let kind = chance.one(of: theme.mainEvents)
        // What a theme is about takes its time.
        let rest: Duration = theme == .none ? .seconds(200) : .seconds(800)
        let from = moment(after: .seconds(60), before: layout.troubledFor - rest)
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
        switch theme {
        case .takeover, .doubt, .fullDisk: return nil
        case .comeback:
            let least = workload.policy.confirmationWindow + .seconds(240)
            return chance.duration(least...(least + .seconds(240)))
        case .lateness: return chance.duration(.seconds(30)...(.seconds(120)))
        case .none: break
        }
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

    /// What the run is about, around the main event.
    private mutating func drawTheme(after main: Timestamp) {
        func later(_ first: Int, _ last: Int) -> Timestamp {
            min(max(main + .seconds(chance.number(first...last)), start), calmFrom - .seconds(1))
        }
        func span(_ least: Int, _ most: Int) -> Duration { .seconds(chance.number(least...most)) }
        let standby = Fault.Place(region: layout.workloads[0].standbyRegion, service: "rds")
        switch theme {
        case .none, .comeback: break
        case .takeover:
            for host in layout.hosts.map({ Fault.Place(host: $0.id) }) {
                for _ in 1...2 { add(.pause, host, later(-60, 400), lasting: span(20, 200)) }
                if chance.happens(0.7) { add(.pauseAtStep, host, main, lasting: span(300, 900), rate: 0.5) }
                if chance.happens(0.4) { add(.leaseStoreDown, host, later(30, 400), lasting: span(20, 120)) }
                if chance.happens(0.3) { add(.crash, host, later(-60, 400), lasting: .zero) }
            }
        case .doubt:
            for _ in 1...2 {
                let kind = chance.one(of: theme.edges)
                let rate = chance.one(of: [0.3, 0.5, 0.7])
                add(kind, standby, later(0, 200), lasting: span(300, 900), rate: rate)
            }
            for host in layout.hosts where chance.happens(0.6) {
                let place = Fault.Place(host: host.id, service: "rds")
                add(.crashAtSend, place, main, lasting: span(300, 900), rate: chance.one(of: [0.5, 1]))
            }
            if chance.happens(0.4) {
                let kind = chance.one(of: theme.refusals)
                add(
                    kind, standby, later(60, 300), lasting: span(30, 200),
                    rate: chance.one(of: [0.3, 0.6, 1]))
            }
        case .lateness:
            for host in layout.hosts {
                let rate = chance.one(of: [0.6, 0.9, 1])
                add(.jumbled, .init(host: host.id), start, lasting: layout.troubledFor, rate: rate)
            }
            for (_, database) in layout.databases {
                for _ in 1...2 {
                    let site = Fault.Place(site: SiteName(database.primary))
                    add(chance.one(of: theme.siteEvents), site, later(100, 700), lasting: span(20, 100))
                }
            }
        case .fullDisk:
            for host in layout.hosts {
                add(.diskFull, .init(host: host.id), later(-20, 200), lasting: span(30, 100))
                add(.diskFullAtStep, .init(host: host.id), main, lasting: span(300, 900), rate: 0.4)
            }
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
