import Failover

/// A labelled timeline: what truly happened, and whether a failover was right.
public struct Incident: Sendable {
    /// The file's name without its ending.
    public var id: String
    public var title: String
    /// Where it is told: a link, or a section of a catalogue.
    public var source: String
    /// Why the label is what it is.
    public var why: String
    public var label: IncidentLabel
    public var workloads: [IncidentWorkload]
    public var policy: IncidentPolicy
    /// Where the host of drctl stands.
    var host: HostPlace
    var events: [IncidentEvent]
    /// How long is played.
    public var length: Duration

    enum HostPlace: String, CaseIterable {
        /// A Region that is nobody's primary or standby.
        case third
        /// The standby Region: what cuts the two Regions apart cuts the host off too.
        case standby
    }
}

/// Whether a failover is right, and when.
public enum IncidentLabel: Sendable, Equatable {
    /// A failover is right from `notBefore` on, and useful until `by`. `loss` is what it truly loses; nil to
    /// take what the timeline works out to.
    case right(notBefore: Duration, by: Duration, loss: Duration?)
    case wrong

    public var isRight: Bool { self != .wrong }
}

/// What fails over together in a timeline.
public struct IncidentWorkload: Sendable {
    public var name: String
    public var engine: Engine
    public var primary: Region
    public var standby: Region
    public var databases: [String]
    /// What Route 53's checkers test.
    var healthCheck: HealthCheckKind
    /// What drctl's own probe does once it is connected.
    var probe: ProbeKind
    /// Who comes first when many fail at once, 0...100.
    var priority = 50
    public var label: IncidentLabel

    public enum Engine: String, Sendable, CaseIterable {
        case rds, aurora
    }

    enum ProbeKind: String, CaseIterable {
        /// Only connects.
        case connect
        /// Commits a row, and reads it back on the replica (`sql` with `canary` in config.yaml).
        case write
    }

    enum HealthCheckKind: String, CaseIterable {
        /// A TCP connection to the database's endpoint.
        case tcp
        /// An address that answers well only when a write works.
        case writes
    }
}

/// Where a timeline departs from the defaults of `config.yaml`.
public struct IncidentPolicy: Sendable, Equatable {
    public var pollInterval = Duration.seconds(10)
    public var maxConcurrentFailovers = 4
    var quorum: Int?
    var witnesses: Set<WitnessKind>?
    var spans: [String: Duration] = [:]
    /// When nothing fails over by itself, on the timeline.
    var maintenance: [Window] = []
    var fleetBrake = FleetBrake()

    struct Window: Sendable, Equatable {
        var at: Duration
        var length: Duration
    }

    static let spanKeys = [
        "confirmation_window", "clearance_window", "maximum_data_loss", "cooldown", "freshness",
        "metric_freshness", "stall_after", "provider_recovery_limit",
    ]
}

/// Something that is so from `from` until `until`, over and over when it repeats.
struct IncidentEvent: Sendable {
    var kind: EventKind
    var arguments: EventArguments
    var from: Duration
    /// Nil: to the end.
    var until: Duration?
    /// Set for what comes and goes: the length of each time, and from start to start.
    var pulse: (length: Duration, period: Duration)?
    /// Nil: all of them.
    var workloads: Set<String>?
    var databases: Set<String>?
    var line: Int

    func concerns(_ workload: String, _ database: String) -> Bool {
        (workloads?.contains(workload) ?? true) && (databases?.contains(database) ?? true)
    }

    func holds(at time: Duration) -> Bool {
        // What is so from the start was so before.
        guard time >= from || from == .zero, until.map({ time < $0 }) ?? true else { return false }
        guard let pulse else { return true }
        guard time >= from else { return false }
        return (time - from).milliseconds % pulse.period.milliseconds < pulse.length.milliseconds
    }

    /// When it begins or ends, up to `end`.
    func edges(upTo end: Duration) -> [Duration] {
        let last = min(until ?? end, end)
        guard let pulse else { return [from, last] }
        var edges: [Duration] = [last]
        var start = from
        while start < last {
            edges += [start, min(start + pulse.length, last)]
            start += pulse.period
        }
        return edges
    }
}
