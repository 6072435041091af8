import Controller
import Failover
import Foundation
import Journal

/// Time that moves only when a test says so.
final class VirtualClock: SteadyClock, @unchecked Sendable {
    // All state is guarded by `lock`.
    private let lock = NSLock()
    private var time = Timestamp(milliseconds: 1_800_000_000_000)
    private var sleepers: [UUID: (until: Timestamp, wake: CheckedContinuation<Void, any Error>)] = [:]

    func now() -> Timestamp { lock.withLock { time } }

    func sleep(for duration: Duration) async throws {
        let id = UUID()
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation {
                (continuation: CheckedContinuation<Void, any Error>) in
                let isOver = lock.withLock {
                    if Task.isCancelled { return true }
                    sleepers[id] = (time + duration, continuation)
                    return false
                }
                if isOver { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            lock.withLock { sleepers.removeValue(forKey: id) }?.wake.resume(throwing: CancellationError())
        }
    }

    func advance(by duration: Duration) {
        let due = lock.withLock {
            time = time + duration
            let due = sleepers.filter { $0.value.until <= time }
            for id in due.keys { sleepers[id] = nil }
            return due
        }
        for sleeper in due.values { sleeper.wake.resume() }
    }

    /// To when the first of those who sleep wakes; no time passes where nobody sleeps.
    func advanceToTheNext() {
        let next = lock.withLock { sleepers.values.map(\.until).min().map { $0 - time } }
        if let next { advance(by: next) }
    }

    var isSomebodyAsleep: Bool { lock.withLock { !sleepers.isEmpty } }
}

/// Sees what the test has put there.
final class ScriptedEyes: Eyes, @unchecked Sendable {
    // Guarded by `lock`.
    private let lock = NSLock()
    private var facts: [Fact] = []
    private var looked = 0
    private var isBlind = false
    private var tellsOthers = false
    private var held: [CheckedContinuation<Void, Never>] = []
    private var holds = false
    private var age = Duration.zero
    let clock: VirtualClock

    init(clock: VirtualClock) { self.clock = clock }

    func show(_ facts: [Fact]) { lock.withLock { self.facts = facts } }
    /// From now on a look brings nothing until it is cancelled.
    func goBlind() { lock.withLock { isBlind = true } }
    /// From now on a look ends at once and brings nothing, as where all that it would ask is under way.
    func leaveItToOthers() { lock.withLock { tellsOthers = true } }
    /// From now on a look waits for `see`.
    func hold() { lock.withLock { holds = true } }
    /// Of what is so old by now.
    func see(as age: Duration = .zero) {
        let waiting = lock.withLock {
            self.age = age
            (isBlind, tellsOthers, holds) = (false, false, false)
            defer { held = [] }
            return held
        }
        waiting.forEach { $0.resume() }
    }
    var isHolding: Bool { lock.withLock { !held.isEmpty } }
    var looks: Int { lock.withLock { looked } }

    func look(
        at workloads: [Workload], closer: Set<WorkloadID>,
        deliver: @escaping @Sendable ([Observation]) async -> Void
    ) async {
        let (facts, age) = lock.withLock {
            looked += 1
            return (self.facts, self.age)
        }
        guard !lock.withLock({ tellsOthers }) else { return }
        guard !lock.withLock({ isBlind }) else {
            // Nothing is ever sent: this ends when its task is cancelled.
            for await _ in AsyncStream<Void>.makeStream().stream {}
            return
        }
        await withCheckedContinuation { continuation in
            let isFree = lock.withLock {
                if holds { held.append(continuation) }
                return !holds
            }
            if isFree { continuation.resume() }
        }
        for workload in workloads {
            await deliver(
                facts.map {
                    Observation(
                        workload: workload.id, database: workload.databases[0].id, source: "script",
                        vantage: "test", at: clock.now() - age, fact: $0)
                })
        }
    }
}

/// Ends steps as the test says; a step without an answer never ends.
final class ScriptedHands: Hands, @unchecked Sendable {
    // Guarded by `lock`.
    private let lock = NSLock()
    private var answers: [String: StepOutcome]
    private var ordered: [StepOrder] = []
    private var over = 0
    /// Called at the start of each step.
    let onRun: @Sendable (StepOrder) -> Void

    init(_ answers: [String: StepOutcome], onRun: @escaping @Sendable (StepOrder) -> Void = { _ in }) {
        self.answers = answers
        self.onRun = onRun
    }

    var orders: [StepOrder] { lock.withLock { ordered } }
    /// Steps that were cancelled.
    var ended: Int { lock.withLock { over } }

    func run(_ order: StepOrder) async -> StepOutcome {
        lock.withLock { ordered.append(order) }
        onRun(order)
        if let answer = lock.withLock({ answers[order.step.action.name] }) { return answer }
        // Until it is cancelled: a runner that hangs.
        await withTaskCancellationHandler {
            let stream = AsyncStream<Void> { _ in }
            for await _ in stream {}
        } onCancel: {
        }
        lock.withLock { over += 1 }
        return .failed(detail: "cancelled", retryable: true, mayHaveHappened: true)
    }

    func settle(_ fence: FenceAction) async -> FenceAttempt { .stillOwed(because: "script") }
    func assertLever(_ flip: FlipHealthCheck) async {}
}

struct SilentVoice: Voice {
    func deliver(_ notice: Notice) async -> [Delivery] {
        notice.topics.map { Delivery(topic: $0, messageID: "m-1", failure: nil) }
    }
}

struct NoLog: ControllerLog {
    func record(_ record: Record) {}
    func problem(_ message: String) {}
}

/// A journal whose disk can be made to fail.
final class FailingJournal: JournalStore, @unchecked Sendable {
    // Guarded by `lock`.
    private let lock = NSLock()
    private var fault: JournalError.Cause?
    let inner = MemoryJournal()

    func fail(_ cause: JournalError.Cause?) { lock.withLock { fault = cause } }

    func append(_ records: [Record]) async throws(JournalError) -> [Entry] {
        if let cause = lock.withLock({ fault }) {
            throw JournalError(attempt: .append, path: "test", cause: cause)
        }
        return try inner.append(records)
    }

    func entries(after sequence: Int64, workload: WorkloadID?, limit: Int) throws(JournalError) -> [Entry] {
        try inner.entries(after: sequence, workload: workload, limit: limit)
    }

    func latest(workload: WorkloadID?, limit: Int) throws(JournalError) -> [Entry] {
        try inner.latest(workload: workload, limit: limit)
    }

    func replay(_ body: (Entry) throws -> Void) throws(JournalError) { try inner.replay(body) }
    func close() {}
}

/// A journal whose appends wait for as long as a test wants.
final class SlowJournal: JournalStore, @unchecked Sendable {
    // Guarded by `lock`.
    private let lock = NSLock()
    private var isHeld = false
    private var held: [CheckedContinuation<Void, Never>] = []
    private var asked = 0
    let inner = MemoryJournal()

    func hold() { lock.withLock { isHeld = true } }

    func letGo() {
        let waiting = lock.withLock {
            isHeld = false
            defer { held = [] }
            return held
        }
        for append in waiting { append.resume() }
    }

    /// Appends that wait right now.
    var waiting: Int { lock.withLock { held.count } }
    var appends: Int { lock.withLock { asked } }

    func append(_ records: [Record]) async throws(JournalError) -> [Entry] {
        await withCheckedContinuation { continuation in
            let mayGoOn = lock.withLock {
                asked += 1
                if isHeld { held.append(continuation) }
                return !isHeld
            }
            if mayGoOn { continuation.resume() }
        }
        return try inner.append(records)
    }

    func entries(after sequence: Int64, workload: WorkloadID?, limit: Int) throws(JournalError) -> [Entry] {
        try inner.entries(after: sequence, workload: workload, limit: limit)
    }

    func latest(workload: WorkloadID?, limit: Int) throws(JournalError) -> [Entry] {
        try inner.latest(workload: workload, limit: limit)
    }

    func replay(_ body: (Entry) throws -> Void) throws(JournalError) { try inner.replay(body) }
    func close() {}
}
