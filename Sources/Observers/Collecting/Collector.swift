import Failover

/// The observers' shared eyes of a service that runs for long: like `Watch`, but each errand stands for
/// itself, so that a Region that hangs delays neither another one's answers nor the next round, and AWS is
/// asked evenly and within a budget.
///
/// What an observation means is as with `Watch`: it is as old as its answer, and silence is told as silence.
public final class Collector: Sendable {
    private let observers: [any Observer]
    private let context: ObserverContext
    private let schedule: Schedule
    private let mailbox = Mailbox()
    /// As many as have a socket at once: more would only be in memory, and their time running. Half of the
    /// sockets are for suspects: where a Region is lost, the last round's probes hang in all the others just
    /// when its databases have to be looked at again; and suspects that hang keep nobody else out.
    private let gate = Gate(width: probesAtOnce)
    private let suspectsGate = Gate(width: probesAtOnce)
    private let state = Locked(State())
    private let works: AsyncStream<Work>
    private let feed: AsyncStream<Work>.Continuation

    static let probesAtOnce = ProbeSocket.maxRunning / 2

    private struct State {
        var running: [Errand.Key: Stage] = [:]
        var latest = 0
        /// Left out of the last round to save metrics.
        var saved: Set<Errand.Key> = []
        var hasLooked = false
    }

    /// How far an errand is.
    private struct Stage {
        var number: Int
        /// A suspect's keeps its place in line; all others give theirs up to whoever is in a hurry.
        var isCloser: Bool
        /// Begun and not yet delivered: what nobody takes in is not asked for again.
        var isAsking = false
    }

    private struct Work: Sendable {
        var number: Int
        var errand: Errand
        var delay: Duration
        /// About a suspect.
        var isCloser: Bool
        var done = Promise<Void>()
    }

    /// `interval`: between two rounds over all workloads, as the caller makes them.
    public init(observers: [any Observer], context: ObserverContext, interval: Duration) {
        self.observers = observers
        self.context = context
        schedule = Schedule(interval: interval)
        (works, feed) = AsyncStream.makeStream(of: Work.self)
    }

    /// With every observer of this room.
    public convenience init(context: ObserverContext, interval: Duration) {
        self.init(observers: Watch.observers(context), context: context, interval: interval)
    }

    /// Carries out what `look` asks for, until it is cancelled. To be called once.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await work in works {
                group.addTask { await self.carryOut(work) }
            }
        }
    }

    /// Whether nothing is under way.
    var isIdle: Bool { state.withLock { $0.running.isEmpty } }

    /// One round; what it learns is delivered as it comes, one delivery at a time.
    ///
    /// Suspects (`closer`) are looked at at once, whatever the budget says: each that is not under way, as
    /// soon as there is a socket for it. It returns when those have answered, or after half an interval. A
    /// round over all is spread over the interval, and it returns when that is under way; the very first one
    /// is not spread, and it returns when all have answered, or after an interval.
    public func look(
        at workloads: [Workload], closer: Set<WorkloadID>,
        deliver: @escaping @Sendable ([Observation]) async -> Void
    ) async {
        mailbox.open(deliver)
        let errands = observers.flatMap { $0.errands(about: workloads, closer: closer) }
        let isFirst = state.withLock { state in
            defer { state.hasLooked = true }
            return !state.hasLooked
        }
        let isUrgent = isFirst || !closer.isEmpty
        let begun = begin(errands, urgent: isUrgent, closer: !closer.isEmpty)
        guard isUrgent else { return }
        let patience = closer.isEmpty ? schedule.interval : schedule.interval / 2
        _ = await withTimeLimit(patience, sleep: context.sleep) {
            for work in begun { await work.done.value }
        }
    }

    private func begin(_ errands: [Errand], urgent: Bool, closer: Bool) -> [Work] {
        let now = context.now()
        let delays = urgent ? errands.map { _ in .zero } : schedule.delays(of: errands)
        let begun = zip(errands, delays).compactMap { errand, delay in
            work(errand, after: delay, urgent: urgent, closer: closer, at: now)
        }
        for work in begun { feed.yield(work) }
        return begun
    }

    /// Nil when it need not be begun, or may not.
    private func work(
        _ errand: Errand, after delay: Duration, urgent: Bool, closer: Bool, at now: Timestamp
    ) -> Work? {
        let key = errand.key
        guard let number = claim(key, urgent: urgent, closer: closer) else { return nil }
        let wait: Duration? =
            savesMetrics(errand, key, urgent: urgent, at: now)
            ? nil
            : context.allowance.book(
                errand.expenses, urgent: urgent || !errand.mayWait, patience: schedule.interval - delay,
                at: now + delay)
        guard let wait else {
            leave(key, number)
            return nil
        }
        let work = Work(number: number, errand: errand, delay: delay + wait, isCloser: closer)
        if work.delay == .zero, !errand.takesTurn { _ = mayAsk(work) }
        return work
    }

    /// Nil when one like it is under way.
    private func claim(_ key: Errand.Key, urgent: Bool, closer: Bool) -> Int? {
        state.withLock { state in
            if let stage = state.running[key] {
                guard urgent, !stage.isAsking, !stage.isCloser else { return nil }
            }
            state.latest += 1
            state.running[key] = Stage(number: state.latest, isCloser: closer)
            return state.latest
        }
    }

    /// Whether nobody in a hurry has taken its place.
    private func stands(_ work: Work) -> Bool {
        state.withLock { $0.running[work.errand.key]?.number == work.number }
    }

    /// False when somebody in a hurry has taken its place.
    private func mayAsk(_ work: Work) -> Bool {
        state.withLock { state in
            guard state.running[work.errand.key]?.number == work.number else { return false }
            state.running[work.errand.key]?.isAsking = true
            return true
        }
    }

    private func leave(_ key: Errand.Key, _ number: Int) {
        state.withLock { state in
            if state.running[key]?.number == number { state.running[key] = nil }
        }
    }

    /// Once the money is spent, metrics are asked for every second time, which is as rare as the evidence's
    /// freshness always allows.
    private func savesMetrics(_ errand: Errand, _ key: Errand.Key, urgent: Bool, at now: Timestamp) -> Bool {
        guard !urgent, errand.expenses.contains(where: { $0.metrics > 0 }) else { return false }
        let isInDebt = context.allowance.isInDebt(at: now)
        return state.withLock { state in
            guard state.saved.remove(key) == nil, isInDebt else { return false }
            state.saved.insert(key)
            return true
        }
    }

    private func carryOut(_ work: Work) async {
        defer {
            leave(work.errand.key, work.number)
            work.done.fulfil(())
        }
        if work.delay > .zero {
            do { try await context.sleep(work.delay) } catch { return }
        }
        let observations = await observations(of: work)
        if !observations.isEmpty { await mailbox.hand(in: observations) }
    }

    private func observations(of work: Work) async -> [Observation] {
        guard stands(work) else { return [] }
        let gate = work.errand.takesTurn ? (work.isCloser ? suspectsGate : self.gate) : nil
        await gate?.enter()
        defer { gate?.leave() }
        guard mayAsk(work) else { return [] }
        return await work.errand.answered(now: context.now, sleep: context.sleep)
    }
}
