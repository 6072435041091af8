import Controller
import Failover
import Foundation
import Journal

/// Hosts that share a journal and a lease, in virtual time.
struct Hosts {
    let time: StillTime
    let start: Timestamp
    let store = MemoryLeaseStore()
    let journal: MemoryJournal
    /// Every call that changed something, in order.
    let mutations = Mutexed<[Mutation]>([])

    struct Mutation: Sendable, Equatable {
        var host: String
        var step: String
    }

    init(_ time: StillTime) {
        self.time = time
        start = time.now
        journal = MemoryJournal(lease: store)
    }

    /// Started and running. `lease`: the way to the store, for tests that cut it.
    func host(
        _ name: String, skew: Duration = .zero, through lease: (any LeaseStore)? = nil,
        writing journal: (any FencedJournal)? = nil, seeing eyes: (any Eyes)? = nil,
        inheriting past: (any JournalStore)? = nil
    ) async throws -> Host {
        let own = HostClock(time, skew: skew)
        let hands = LeasedHands(host: name, mutations: mutations)
        let timely = TimelyEyes(clock: own, outage: own.now() - (time.now - start))
        let log = KeptLog()
        let controller = Controller(
            workloads: [ControllerTests.workload], maxConcurrentFailovers: 2,
            shared: SharedJournal(
                journal: journal ?? self.journal, lease: lease ?? store, holder: name,
                instance: "instance-of-\(name)", inheritance: past.map { Inheritance($0) }),
            eyes: eyes ?? timely, hands: hands, voice: SilentVoice(), clock: own, log: log,
            pace: Pace(round: .seconds(10), closer: .seconds(5), tick: .seconds(1), grace: .seconds(2)))
        hands.permission.change { $0 = { order in await controller.mayCarryOut(order) } }
        try await controller.start(version: "test", configurationDigest: "none")
        let loop = Task { await controller.run() }
        return Host(name: name, controller: controller, clock: own, hands: hands, log: log, loop: loop)
    }

    /// Time passes until `condition` holds, at the most for `limit`.
    func pass(_ limit: Duration, until condition: () async -> Bool = { false }) async throws {
        let end = time.now + limit
        while time.now < end {
            if await condition() { return }
            try await time.sleep(for: .milliseconds(250))
        }
    }
}

struct Host {
    var name: String
    var controller: Controller
    var clock: HostClock
    var hands: LeasedHands
    var log: KeptLog
    var loop: Task<Void, Never>

    var leads: Bool {
        get async { await controller.mayAct }
    }

    func phase() async -> Phase? { await controller.views().first?.phase }

    func end() {
        controller.kill()
        loop.cancel()
        clock.goOn()
    }
}

/// One host's clock: skewed, and stopped for the process while that is paused. Time itself goes on.
final class HostClock: SteadyClock, @unchecked Sendable {
    private let time: StillTime
    private let skew: Duration
    // Guarded by `lock`.
    private let lock = NSLock()
    private var isPaused = false
    private var held: [CheckedContinuation<Void, Never>] = []

    init(_ time: StillTime, skew: Duration) {
        self.time = time
        self.skew = skew
    }

    func pause() { lock.withLock { isPaused = true } }

    func goOn() {
        let woken = lock.withLock {
            isPaused = false
            defer { held = [] }
            return held
        }
        for sleeper in woken { sleeper.resume() }
    }

    func now() -> Timestamp { time.now + skew }

    func sleep(for duration: Duration) async throws {
        try await time.sleep(for: duration)
        await passed()
        try Task.checkCancellation()
    }

    /// Returns when the process is not paused.
    func passed() async {
        await withCheckedContinuation { continuation in
            let mayGoOn = lock.withLock {
                if isPaused { held.append(continuation) }
                return !isPaused
            }
            if mayGoOn { continuation.resume() }
        }
    }
}

/// Sees a primary that has been dead since `outage`, and a fit replica.
struct TimelyEyes: Eyes {
    let clock: HostClock
    let outage: Timestamp

    func look(
        at workloads: [Workload], closer: Set<WorkloadID>,
        deliver: @escaping @Sendable ([Observation]) async -> Void
    ) async {
        let now = clock.now()
        for workload in workloads {
            await deliver(
                ControllerTests.deadPrimary(at: outage).map {
                    Observation(
                        workload: workload.id, database: workload.databases[0].id, source: "script",
                        vantage: "test", at: now, fact: $0)
                })
        }
    }
}

/// Carries every step out with one call, before which it asks; a step can be held right before that call.
final class LeasedHands: Hands, Sendable {
    let host: String
    let mutations: Mutexed<[Hosts.Mutation]>
    let permission = Mutexed<@Sendable (StepOrder) async -> Bool>({ _ in false })
    /// The name of the action that is held, and who waits there. Cancelling does not end the wait: it is the
    /// worst kind of runner.
    private let held = Mutexed<String?>(nil)
    private let waiting = Mutexed<[CheckedContinuation<Void, Never>]>([])

    init(host: String, mutations: Mutexed<[Hosts.Mutation]>) {
        self.host = host
        self.mutations = mutations
    }

    func hold(_ action: String) { held.change { $0 = action } }
    var isHolding: Bool { !waiting.value.isEmpty }

    func letGo() {
        held.change { $0 = nil }
        let ready = waiting.value
        waiting.change { $0 = [] }
        for step in ready { step.resume() }
    }

    func run(_ order: StepOrder) async -> StepOutcome {
        if held.value == order.step.action.name {
            await withCheckedContinuation { continuation in waiting.change { $0.append(continuation) } }
        }
        guard await permission.value(order) else {
            return .failed(detail: "may not act", retryable: true, mayHaveHappened: false)
        }
        mutations.change { $0.append(Hosts.Mutation(host: host, step: order.step.action.name)) }
        return .succeeded(detail: "done")
    }

    func settle(_ fence: FenceAction) async -> FenceAttempt { .stillOwed(because: "script") }
    func assertLever(_ flip: FlipHealthCheck) async {}
}

final class KeptLog: ControllerLog {
    let problems = Mutexed<[String]>([])
    func record(_ record: Record) {}
    func problem(_ message: String) { problems.change { $0.append(message) } }
}

/// The way of one host to the lease, which can be cut.
final class CutStore: LeaseStore {
    let inner: MemoryLeaseStore
    let isCut = Mutexed(false)

    init(_ inner: MemoryLeaseStore) { self.inner = inner }

    func read() async throws(JournalError) -> LeaseRecord? {
        try refuseWhenCut()
        return try inner.read()
    }

    func replace(_ expected: LeaseRecord?, with next: LeaseRecord) async throws(JournalError) -> Bool {
        try refuseWhenCut()
        return try inner.replace(expected, with: next)
    }

    private func refuseWhenCut() throws(JournalError) {
        guard isCut.value else { return }
        throw JournalError(attempt: .lease, path: "test", cause: .inputOutput(detail: "cut"))
    }
}

/// The way of one host to the lease, on which a replacement hangs: before it has taken place, or after.
final class HungStore: LeaseStore {
    enum Hang: Sendable {
        case none, before, after
    }

    let inner: MemoryLeaseStore
    let hang = Mutexed(Hang.none)
    private let waiting = Mutexed<[CheckedContinuation<Void, Never>]>([])

    init(_ inner: MemoryLeaseStore) { self.inner = inner }

    var isHanging: Bool { !waiting.value.isEmpty }

    func letGo() {
        let ready = waiting.value
        waiting.change { $0 = [] }
        for call in ready { call.resume() }
    }

    func read() throws(JournalError) -> LeaseRecord? { try inner.read() }

    /// Cancelling does not end the wait; the next call does not hang.
    func replace(_ expected: LeaseRecord?, with next: LeaseRecord) async throws(JournalError) -> Bool {
        let hang = hang.value
        self.hang.change { $0 = .none }
        if case .before = hang { await wait() }
        let isReplaced = try inner.replace(expected, with: next)
        if case .after = hang { await wait() }
        return isReplaced
    }

    private func wait() async {
        await withCheckedContinuation { continuation in waiting.change { $0.append(continuation) } }
    }
}

/// Never sees anything, and never gives up.
struct HungEyes: Eyes {
    func look(
        at workloads: [Workload], closer: Set<WorkloadID>,
        deliver: @escaping @Sendable ([Observation]) async -> Void
    ) async {
        let never = AsyncStream<Void> { _ in }
        for await _ in never {}
    }
}

/// One host's way to the shared journal, on which appends get stuck, or their answers lost.
final class TroubledJournal: FencedJournal {
    enum Trouble: Sendable {
        case none, stuck
        /// It is written, and nobody hears of it.
        case answerLost
        /// Nothing gets there, in either direction.
        case cut
        /// It can be read, and takes nothing.
        case readOnly
    }

    let inner: MemoryJournal
    let trouble = Mutexed(Trouble.none)
    private let stuck = Mutexed<[CheckedContinuation<Void, Never>]>([])

    init(_ inner: MemoryJournal) { self.inner = inner }

    func letGo() {
        trouble.change { $0 = .none }
        let waiting = stuck.value
        stuck.change { $0 = [] }
        for append in waiting { append.resume() }
    }

    /// What is stuck comes to nothing.
    func cutOff() {
        letGo()
        trouble.change { $0 = .cut }
    }

    func append(_ records: [Record], epoch: Int) async throws(JournalError) -> [Entry] {
        if case .stuck = trouble.value {
            await withCheckedContinuation { continuation in stuck.change { $0.append(continuation) } }
        }
        try refuseWhenCut()
        if case .readOnly = trouble.value {
            throw JournalError(attempt: .append, path: "test", cause: .denied(detail: "read only"))
        }
        let entries = try inner.append(records, epoch: epoch)
        if case .answerLost = trouble.value {
            trouble.change { $0 = .none }
            throw JournalError(attempt: .append, path: "test", cause: .inputOutput(detail: "no answer"))
        }
        return entries
    }

    func append(_ records: [Record]) throws(JournalError) -> [Entry] { try inner.append(records) }

    func entries(after sequence: Int64, workload: WorkloadID?, limit: Int) throws(JournalError) -> [Entry] {
        try refuseWhenCut()
        return try inner.entries(after: sequence, workload: workload, limit: limit)
    }

    func latest(workload: WorkloadID?, limit: Int) throws(JournalError) -> [Entry] {
        try inner.latest(workload: workload, limit: limit)
    }

    func replay(_ body: (Entry) throws -> Void) throws(JournalError) {
        try refuseWhenCut()
        try inner.replay(body)
    }

    func close() {}

    var isStuck: Bool { !stuck.value.isEmpty }

    private func refuseWhenCut() throws(JournalError) {
        guard case .cut = trouble.value else { return }
        throw JournalError(attempt: .read, path: "test", cause: .unreachable(detail: "cut"))
    }
}
