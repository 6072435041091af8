import Failover

/// One life of a host's process: from its start to its crash or end. Everything that its tasks wait for goes
/// through it, so that a pause holds every wake-up back and a crash ends them all.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class Life: @unchecked Sendable {
    let host: HostID
    let time: VirtualTime
    private(set) var isAlive = true
    private(set) var isPaused = false
    private var heldBack: [() -> Void] = []
    private var waits: [Int: () -> Void] = [:]
    /// In which order what was held back wakes up; nil for the order in which it came.
    private var order: Chance?
    private var lastWait = 0

    /// What a pause is made up for within.
    static let wakingTime = Duration.milliseconds(30)

    init(host: HostID, time: VirtualTime, order: Chance? = nil) {
        self.host = host
        self.time = time
        self.order = order
    }

    /// Suspends the calling task until `begin`'s pending value is resolved, by a timer of `time` say. Throws
    /// `CancellationError` when the task is cancelled or the process dies.
    func wait<Value: Sendable>(_ begin: (Answer<Value>) -> Void) async throws -> Value {
        guard isAlive else { throw CancellationError() }
        let pending = Pending<Value>()
        lastWait += 1
        let key = lastWait
        waits[key] = { pending.cancel() }
        pending.whenEnded = { self.waits[key] = nil }
        begin(Answer(life: self, pending: pending))
        return try await pending.value()
    }

    /// How the world answers a waiting task.
    struct Answer<Value: Sendable> {
        fileprivate let life: Life
        fileprivate let pending: Pending<Value>

        /// True when nobody waits any more.
        var isMoot: Bool { pending.hasEnded }

        /// The first one counts. A paused process hears of it when it goes on.
        func callAsFunction(_ value: Value) { life.whenAwake { pending.resolve(value) } }
    }

    /// Waits for a span of true time.
    func pause(for span: Duration) async throws {
        try await wait { (answer: Answer<Void>) in
            time.after(span) { answer(()) }
        }
    }

    /// Now, or when the process goes on. Never, once it is dead.
    func whenAwake(_ body: @escaping () -> Void) {
        guard isAlive else { return }
        if isPaused { heldBack.append(body) } else { body() }
    }

    func stop() { isPaused = true }

    /// Everything is ready at once then, timers and answers alike, and a thread pool takes it up in no order.
    func goOn() {
        guard isPaused else { return }
        isPaused = false
        let held = heldBack
        heldBack = []
        for body in held {
            let delay = order?.duration(.zero...Self.wakingTime) ?? .zero
            if delay == .zero { body() } else { time.after(delay) { [self] in whenAwake(body) } }
        }
    }

    /// Nothing of it goes on; what still unwinds finds every door shut.
    func end() {
        guard isAlive else { return }
        isAlive = false
        heldBack = []
        for key in waits.keys.sorted() { waits[key]?() }
    }
}
