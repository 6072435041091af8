/// Requests that can share connections.
struct LaneKey: Hashable, Sendable {
    let scheme: RequestURL.Scheme
    let authority: String
    let connectTo: String?
    let unixSocketPath: String?
}

/// Who may start, and who waits in line. libcurl has such limits too, but one line for all hosts: there, a
/// host that hangs keeps the others waiting even when they have connections free.
struct Lanes {
    private struct Lane {
        var running = 0
        var line = Queue<Transfer>()
        /// In `ready`, at most once.
        var isReady = false
    }

    let maxPerLane: Int
    let maxRunning: Int
    private(set) var running = 0
    private var lanes: [LaneKey: Lane] = [:]
    /// Lanes that could start one, each in its turn.
    private var ready = Queue<LaneKey>()

    init(maxPerLane: Int, maxRunning: Int) {
        self.maxPerLane = maxPerLane
        self.maxRunning = maxRunning
    }

    var isAnyoneInLine: Bool { lanes.values.contains { !$0.line.isEmpty } }

    mutating func add(_ transfer: Transfer) {
        let key = transfer.lane
        lanes[key, default: Lane()].line.append(transfer)
        makeReady(key)
    }

    /// The next that may start, counted as running from now on.
    mutating func next() -> Transfer? {
        while running < maxRunning, let key = ready.popFirst() {
            guard var lane = lanes[key] else { continue }
            lane.isReady = false
            var found: Transfer?
            // Skips those that were cancelled in line.
            while found == nil, let transfer = lane.line.popFirst() {
                if transfer.stage == .inLine { found = transfer }
            }
            if found != nil {
                lane.running += 1
                running += 1
            }
            lanes[key] = lane
            makeReady(key)
            if let found { return found }
        }
        return nil
    }

    /// One that was running is not any more.
    mutating func left(_ key: LaneKey) {
        running -= 1
        lanes[key]?.running -= 1
        makeReady(key)
    }

    /// Those in line whose time is over.
    func overdue(_ now: Duration) -> [Transfer] {
        lanes.values.flatMap { $0.line.elements.filter { $0.stage == .inLine && $0.deadline <= now } }
    }

    /// Everyone in line.
    func inLine() -> [Transfer] {
        lanes.values.flatMap { $0.line.elements.filter { $0.stage == .inLine } }
    }

    private mutating func makeReady(_ key: LaneKey) {
        guard let lane = lanes[key], !lane.isReady else { return }
        if lane.line.isEmpty {
            // Nothing to remember: the table stays as small as what is under way.
            if lane.running == 0 { lanes[key] = nil }
        } else if lane.running < maxPerLane {
            lanes[key]?.isReady = true
            ready.append(key)
        }
    }
}
