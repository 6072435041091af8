import Failover

/// The world's true time. It stands still while anything can run, and then jumps to the next thing that is
/// due.
///
/// `@unchecked Sendable`: it lives on the run's one thread; closures that Swift wants to be Sendable hold it.
final class VirtualTime: @unchecked Sendable {
    private(set) var now: Timestamp
    private let jobs = JobQueue()
    private var timers = TimerHeap()
    private(set) var timersFired = 0
    /// When so much went on without any time passing that it would never have ended; nil while it does not.
    private(set) var stalledAt: Timestamp?

    /// The largest fleets need some thousands of jobs for a moment.
    static let mostJobsAtOnce = 200_000

    private init(_ start: Timestamp) { now = start }

    /// Runs `body` on a thread of its own, on which Swift's jobs wait for this time to run them.
    static func begin<Result>(at start: Timestamp, _ body: @escaping (VirtualTime) -> Result) -> Result {
        onOwnThread {
            let time = VirtualTime(start)
            return time.jobs.whileDiverting { body(time) }
        }
    }

    var jobsRun: Int { jobs.count }

    /// Calls `body` at `time`, or as soon as nothing else can run when that is past. Of several at the same
    /// time, the first one asked for comes first.
    @discardableResult
    func at(_ time: Timestamp, _ body: @escaping () -> Void) -> Timer {
        let timer = Timer(body)
        timers.push(timer, at: max(time, now))
        return timer
    }

    @discardableResult
    func after(_ span: Duration, _ body: @escaping () -> Void) -> Timer { at(now + span, body) }

    /// Lets what was cancelled come to its end, while time stands still, and forgets what is due.
    func end() {
        _ = jobs.drain(most: Self.mostJobsAtOnce)
        timers = TimerHeap()
    }

    /// Runs everything that is due up to and including `end`. `isOver` is asked between two moments.
    func run(until end: Timestamp, isOver: () -> Bool = { false }) {
        drain()
        while stalledAt == nil, !isOver(), let next = timers.nextTime, next <= end {
            now = next
            // All of one moment, and then what they have set off.
            while timers.nextTime == next, let timer = timers.pop() {
                guard let body = timer.take() else { continue }
                timersFired += 1
                body()
            }
            drain()
        }
        if stalledAt == nil, !isOver() { now = max(now, end) }
    }

    private func drain() {
        if !jobs.drain(most: Self.mostJobsAtOnce) { stalledAt = now }
    }
}

/// Something that is due at a time. Cancelling it later is harmless.
final class Timer {
    private var body: (() -> Void)?

    init(_ body: @escaping () -> Void) { self.body = body }

    func cancel() { body = nil }

    fileprivate func take() -> (() -> Void)? {
        defer { body = nil }
        return body
    }
}

/// A binary heap, ordered by time and then by the order of asking.
private struct TimerHeap {
    private struct Entry {
        var at: Timestamp
        var sequence: Int
        var timer: Timer

        static func < (left: Self, right: Self) -> Bool {
            left.at == right.at ? left.sequence < right.sequence : left.at < right.at
        }
    }

    private var entries: [Entry] = []
    private var sequence = 0

    var nextTime: Timestamp? { entries.first?.at }

    mutating func push(_ timer: Timer, at time: Timestamp) {
        sequence += 1
        entries.append(Entry(at: time, sequence: sequence, timer: timer))
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child] < entries[parent] else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> Timer? {
        guard let first = entries.first, let last = entries.popLast() else { return nil }
        guard !entries.isEmpty else { return first.timer }
        entries[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < entries.count && entries[child] < entries[least] {
                least = child
            }
            guard least != parent else { return first.timer }
            entries.swapAt(parent, least)
            parent = least
        }
    }
}
