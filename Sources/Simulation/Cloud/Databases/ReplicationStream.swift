import Failover

/// How far a replica has come: everything that was committed up to its horizon is on it. The horizon follows
/// the clock at a short distance, stands still while something is in the way, and catches up afterwards.
struct ReplicationStream {
    /// What keeps the horizon from moving.
    struct Obstacles: OptionSet, Sendable {
        let rawValue: Int
        /// The source cannot send: it is down, or its Region is.
        static let source = Obstacles(rawValue: 1)
        static let replica = Obstacles(rawValue: 2)
        /// The way between the two Regions.
        static let link = Obstacles(rawValue: 4)
        /// The replica has stopped on an error, and says so.
        static let error = Obstacles(rawValue: 8)
        /// A promotion has cut it off for good.
        static let promotion = Obstacles(rawValue: 16)
    }

    /// Replay is faster than real time once it runs again.
    static let catchUpSpeed = 5.0

    private struct Leg {
        var from: Timestamp
        var horizon: Timestamp
        /// Seconds of the source's time a second.
        var speed: Double
        var hasError: Bool
    }

    /// On a good day.
    let delay: Duration
    private var legs: [Leg]
    private(set) var obstacles: Obstacles = []
    /// The most that it does in a second while nothing stands in the way.
    private(set) var speed = catchUpSpeed

    init(delay: Duration, from start: Timestamp) {
        self.delay = delay
        legs = [Leg(from: start, horizon: start - delay, speed: Self.catchUpSpeed, hasError: false)]
    }

    func horizon(at time: Timestamp) -> Timestamp {
        let leg = leg(at: time)
        guard time > leg.from else { return time < leg.from ? time - delay : leg.horizon }
        let way = Double((time - leg.from).milliseconds) * leg.speed
        return min(time - delay, leg.horizon + .milliseconds(Int64(way)))
    }

    /// True while it has stopped on an error: RDS then publishes -1.
    func hadError(at time: Timestamp) -> Bool { leg(at: time).hasError }

    mutating func set(_ obstacle: Obstacles, _ isThere: Bool, at time: Timestamp) {
        let before = obstacles
        if isThere { obstacles.insert(obstacle) } else { obstacles.remove(obstacle) }
        if obstacles != before { begin(at: time) }
    }

    /// Under 1 it falls behind while there is something to send.
    mutating func limit(to speed: Double, at time: Timestamp) {
        guard speed != self.speed else { return }
        self.speed = speed
        begin(at: time)
    }

    private mutating func begin(at time: Timestamp) {
        let leg = Leg(
            from: time, horizon: horizon(at: time), speed: obstacles.isEmpty ? speed : 0,
            hasError: obstacles.contains(.error))
        if legs[legs.count - 1].from == time { legs.removeLast() }
        legs.append(leg)
        guard legs.count > 16 else { return }
        let firstKept = (legs.lastIndex { $0.from <= time - History<Int>.memory }) ?? 0
        legs.removeFirst(firstKept)
    }

    private func leg(at time: Timestamp) -> Leg {
        var index = legs.count - 1
        while index > 0, legs[index].from > time { index -= 1 }
        return legs[index]
    }
}
