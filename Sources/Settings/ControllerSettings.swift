import Failover

/// The `controller` section: this host.
public struct ControllerSettings: Sendable, Equatable {
    /// Where this host runs. Never the primary Region of a workload.
    public var region: Region
    /// Absolute path of the journal's database file.
    public var journal: String
    /// Absolute path of the operator's Unix socket; at most 107 bytes (`sun_path` on Linux).
    public var socket: String
    /// The Unix group whose members may use the socket as well; nil for none.
    public var socketGroup: String?
    /// Where `/metrics`, `/livez` and `/readyz` are: a loopback address; nil for nowhere.
    public var metrics: Endpoint?
    /// Between two rounds of observation. 1 s...5 min.
    public var pollInterval: Duration
    /// Name servers as `ip:port`; empty for the system's own.
    public var resolvers: [String]
    public var logLevel: LogLevel
    /// 1...64.
    public var maxConcurrentFailovers: Int
    /// How long AWS's views are given to settle before a call that may have happened is repeated. 1 s...10
    /// min.
    public var settleTime: Duration
    /// When so many workloads fail at once that our own eyes are the likelier fault.
    public var fleetBrake: FleetBrake
    /// How much observing may ask of AWS.
    public var budget = BudgetSettings()
    /// What is kept for `drctl replay`.
    public var recording: RecordingSettings
    /// Nil for a host that is alone: its journal's file lock is its lease.
    public var lease: LeaseSettings?

    public init(
        region: Region, journal: String = "/var/lib/drctl/journal.db",
        socket: String = "/run/drctl/drctl.sock", socketGroup: String? = nil, metrics: Endpoint? = nil,
        pollInterval: Duration = .seconds(10), resolvers: [String] = [], logLevel: LogLevel = .info,
        maxConcurrentFailovers: Int = 4, settleTime: Duration = .seconds(30),
        recording: RecordingSettings? = nil, fleetBrake: FleetBrake? = nil, lease: LeaseSettings? = nil
    ) {
        self.region = region
        self.journal = journal
        self.socket = socket
        self.socketGroup = socketGroup
        self.metrics = metrics
        self.pollInterval = pollInterval
        self.resolvers = resolvers
        self.logLevel = logLevel
        self.maxConcurrentFailovers = maxConcurrentFailovers
        self.settleTime = settleTime
        self.fleetBrake = fleetBrake ?? FleetBrake()
        self.recording = recording ?? RecordingSettings(besideJournal: journal)
        self.lease = lease
    }
}
