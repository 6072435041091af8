import Failover

enum ControllerKey: String, SectionKey {
    case region, journal, socket, resolvers, recording, lease, metrics, budget
    case fleetBrake = "fleet_brake"
    case socketGroup = "socket_group"
    case pollInterval = "poll_interval"
    case logLevel = "log_level"
    case maxConcurrentFailovers = "max_concurrent_failovers"
    case settleTime = "settle_time"

    static let places = ["controller"]
}

/// What the file says about the controller; nil where it says nothing or nothing usable.
struct ControllerDraft {
    var region: Located<Region>?
    var pollInterval: Located<Duration>
    var leaseRegion: Located<Region>?
    var settings: ControllerSettings?
    var budgetPosition: Position?

    init(_ section: Section<ControllerKey>) {
        let interval = Setting(section.field(.pollInterval)) { $0.duration(in: .seconds(1) ... .minutes(5)) }
        pollInterval = interval.located ?? section.standing(.seconds(10), for: .pollInterval)
        region = section.required(.region, "the Region that this host runs in")?.text(Shapes.region)
        let journal = section.field(.journal)?.text(Shapes.absolutePath)
        let socket = section.field(.socket)?.text(Shapes.socketPath)
        let group = section.field(.socketGroup)?.text(Shapes.groupName)
        let metrics = section.field(.metrics)?.text(Shapes.loopbackEndpoint)
        let resolvers = section.field(.resolvers)?.items(atMost: 8)?.compactMap { $0.text(Shapes.resolver) }
        section.findings.refuseDuplicates(resolvers ?? [])
        let logLevel = section.field(.logLevel)?.choice(LogLevel.self)
        let concurrent = section.field(.maxConcurrentFailovers)?.integer(in: 1...64)
        let settleTime = section.field(.settleTime)?.duration(in: .seconds(1) ... .minutes(10))
        let recording = section.field(.recording)?.section(RecordingKey.self)
        let fleetBrake = section.field(.fleetBrake)?.section(FleetBrakeKey.self)
        let budgetField = section.field(.budget)
        budgetPosition = budgetField?.keyPosition
        let budget = budgetField?.section(BudgetKey.self)
        let lease = section.field(.lease)?.section(LeaseKey.self).map(LeaseDraft.init)
        leaseRegion = lease?.region
        guard let region else { return }
        var settings = ControllerSettings(region: region.value, pollInterval: pollInterval.value)
        if let journal { settings.journal = journal.value }
        if let socket { settings.socket = socket.value }
        settings.socketGroup = group?.value
        settings.metrics = metrics?.value
        if let resolvers { settings.resolvers = resolvers.map(\.value) }
        if let logLevel { settings.logLevel = logLevel.value }
        if let concurrent { settings.maxConcurrentFailovers = concurrent.value }
        if let settleTime { settings.settleTime = settleTime.value }
        settings.recording = RecordingSettings(recording, journal: settings.journal)
        settings.fleetBrake = FleetBrake(fleetBrake)
        settings.budget = BudgetSettings(budget)
        settings.lease = lease?.settings
        self.settings = settings
    }
}
