import Failover
import Journal

/// Has the workloads of what has arrived looked at, at once, and marks it as looked after.
actor Attendant {
    /// Looks for arrivals that came together. A look at a workload that is being looked at already is none,
    /// so that these end at once.
    static let batchLimit = 16
    static let batchSize = 200
    /// After a restart everything is looked at anyway.
    static let relevance = Duration.seconds(600)
    /// How long an id is kept: longer than its message can pass for new, by any clock that drctl accepts; see
    /// `AWSClock.tolerance`.
    static let memory = Duration.seconds(3 * 3600)
    static let forgettingEvery = Duration.seconds(600)

    private let arrivals: any Arrivals
    private let workbench: Workbench
    private let look: @Sendable (WorkloadID, String) async -> Void
    private let now: @Sendable () -> Timestamp
    private let note: @Sendable (String) -> Void
    private let calls: AsyncStream<Void>
    private nonisolated let bell: AsyncStream<Void>.Continuation
    /// Being looked after.
    private var taken: Set<String> = []
    private var batches = 0
    private var forgottenAt: Timestamp?

    init(
        arrivals: any Arrivals, workbench: Workbench, now: @escaping @Sendable () -> Timestamp,
        note: @escaping @Sendable (String) -> Void,
        look: @escaping @Sendable (WorkloadID, String) async -> Void
    ) {
        self.arrivals = arrivals
        self.workbench = workbench
        self.now = now
        self.note = note
        self.look = look
        (calls, bell) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    nonisolated func ring() { bell.yield() }

    /// Until the task is cancelled.
    func run() async {
        bell.yield()
        for await _ in calls {
            await forget()
            while batches < Self.batchLimit, await takeBatch() {}
        }
    }

    /// Whether there may be more.
    private func takeBatch() async -> Bool {
        let (arrivals, size) = (arrivals, Self.batchSize + taken.count)
        let pending: [Arrival]
        do {
            pending = try await workbench.insist { try arrivals.pending(atMost: size) }
        } catch {
            note("what has arrived cannot be read: \(error)")
            return false
        }
        let batch = pending.filter { !taken.contains($0.id) }
        guard !batch.isEmpty else { return false }
        taken.formUnion(batch.map(\.id))
        batches += 1
        // Of its own: one slow look does not keep the next alarm waiting.
        Task {
            await self.look(after: batch)
            await self.settle(batch)
        }
        return batch.count >= Self.batchSize
    }

    private func look(after batch: [Arrival]) async {
        let recent = batch.filter { now() - $0.at < Self.relevance }
        var reasons: [WorkloadID: [String]] = [:]
        for arrival in recent {
            for workload in arrival.workloads { reasons[workload, default: []].append(arrival.because) }
        }
        let look = look
        await withTaskGroup(of: Void.self) { group in
            for (workload, because) in reasons {
                let more = because.count == 1 ? "" : ", and \(because.count - 1) more"
                group.addTask { await look(workload, because[0] + more) }
            }
        }
    }

    private func settle(_ batch: [Arrival]) async {
        let (arrivals, ids) = (arrivals, batch.map(\.id))
        do {
            try await workbench.insist { try arrivals.settle(ids) }
        } catch {
            note("what was looked after cannot be marked so: \(error)")
        }
        // Also when it failed: a disk that is full must not fill the memory too. They are seen again then.
        taken.subtract(ids)
        batches -= 1
        if batches == Self.batchLimit - 1 { ring() }
    }

    private func forget() async {
        let now = now()
        if let forgottenAt, now - forgottenAt < Self.forgettingEvery { return }
        forgottenAt = now
        let arrivals = arrivals
        do {
            try await workbench.insist { try arrivals.forget(before: now - Self.memory) }
        } catch {
            note("what is long settled cannot be taken out: \(error)")
        }
    }
}
