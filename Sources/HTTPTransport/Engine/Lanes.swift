/// Requests that can share connections.
struct LaneKey: Hashable, Sendable {
    let scheme: RequestURL.Scheme
    let authority: String
    let connectTo: String?
    let unixSocketPath: String?

    /// By what nearly always differs: it is hashed with every request.
    func hash(into hasher: inout Hasher) {
        hasher.combine(authority)
    }
}

/// Who may start, and who waits in line. libcurl has such limits too, but one line for all hosts: there, a
/// host that hangs keeps the others waiting even when they have connections free.
struct Lanes {
    /// A class, so that a line of thousands is not copied each time that one of them leaves it.
    private final class Lane {
        let key: LaneKey
        var running = 0
        var line = Queue<Transfer>()
        /// In `ready`, at most once.
        var isReady = false

        init(_ key: LaneKey) { self.key = key }
    }

    let maxPerLane: Int
    let maxRunning: Int
    private(set) var running = 0
    private var lanes: [LaneKey: Lane] = [:]
    /// Lanes that could start one, each in its turn.
    private var ready = Queue<Lane>()
    private var lengthOfLines = 0

    init(maxPerLane: Int, maxRunning: Int) {
        self.maxPerLane = maxPerLane
        self.maxRunning = maxRunning
    }

    /// Those count too that were cancelled in line, until it is their turn.
    var isAnyoneInLine: Bool { lengthOfLines > 0 }

    /// Whether `next` has someone, or may have.
    var canStart: Bool { running < maxRunning && !ready.isEmpty }

    mutating func add(_ transfer: Transfer) {
        let lane = lanes[transfer.lane] ?? Lane(transfer.lane)
        if lane.running == 0, lane.line.isEmpty { lanes[transfer.lane] = lane }
        lane.line.append(transfer)
        lengthOfLines += 1
        makeReady(lane)
    }

    /// The next that may start, counted as running from now on.
    mutating func next() -> Transfer? {
        while running < maxRunning, let lane = ready.popFirst() {
            lane.isReady = false
            var found: Transfer?
            // Skips those that were cancelled in line.
            while found == nil, let transfer = lane.line.popFirst() {
                lengthOfLines -= 1
                if transfer.stage == .inLine { found = transfer }
            }
            if found != nil {
                lane.running += 1
                running += 1
            }
            makeReady(lane)
            if let found { return found }
        }
        return nil
    }

    /// One that was running is not any more.
    mutating func left(_ key: LaneKey) {
        guard let lane = lanes[key] else { return }
        running -= 1
        lane.running -= 1
        makeReady(lane)
    }

    /// Those in line whose time is over.
    func overdue(_ now: Duration) -> [Transfer] {
        lanes.values.flatMap { $0.line.elements.filter { $0.stage == .inLine && $0.deadline <= now } }
    }

    /// Everyone in line.
    func inLine() -> [Transfer] {
        lanes.values.flatMap { $0.line.elements.filter { $0.stage == .inLine } }
    }

    private mutating func makeReady(_ lane: Lane) {
        guard !lane.isReady else { return }
        if lane.line.isEmpty {
            // Nothing to remember: the table stays as small as what is under way.
            if lane.running == 0 { lanes[lane.key] = nil }
        } else if lane.running < maxPerLane {
            lane.isReady = true
            ready.append(lane)
        }
    }
}
