import Failover
import Journal

/// The loop that joins the ports: observe, decide, journal, perform. It decides nothing itself.
public actor Controller {
    private var machine: DecisionMachine
    private let journal: any JournalStore
    private let workloads: [Workload]
    private let eyes: any Eyes
    private let hands: any Hands
    private let voice: any Voice
    private let clock: any SteadyClock
    private let log: any ControllerLog
    private let pace: Pace

    private var running: [Int: Task<Void, Never>] = [:]
    private var nextTask = 0
    private var lastError: JournalError?
    /// Results that the journal did not take: they come once, so they are kept until it does.
    private var unrecorded: [Input] = []
    private var stopping = false
    /// Why the journal takes no records; nil while it does. Nothing is decided while it does not.
    public private(set) var journalFault: String?
    /// Set when it is not known what the journal holds: only a new process, which reads it again, may go on.
    public private(set) var fatalFault: String?
    private var lastRound: Timestamp?

    public init(
        workloads: [Workload], maxConcurrentFailovers: Int, journal: any JournalStore, eyes: any Eyes,
        hands: any Hands, voice: any Voice, clock: any SteadyClock, log: any ControllerLog, pace: Pace
    ) {
        self.workloads = workloads
        self.journal = journal
        self.eyes = eyes
        self.hands = hands
        self.voice = voice
        self.clock = clock
        self.log = log
        self.pace = pace
        machine = DecisionMachine(workloads: workloads, maxConcurrentFailovers: maxConcurrentFailovers)
    }

    /// Replays the journal and goes on where the last process stopped.
    public func start(version: String, configurationDigest: String) throws(JournalError) {
        var replayed = machine
        try journal.replay { entry in replayed.replay(entry.record) }
        machine = replayed
        handle(.started(version: version, configurationDigest: configurationDigest))
        // Without this record nothing of what was open would ever be taken up again.
        if let lastError { throw lastError }
    }

    /// Looks and decides until the task is cancelled or `stop` is called.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.every(self.pace.round) { await self.round() } }
            group.addTask { await self.every(self.pace.closer) { await self.closerRound() } }
            group.addTask { await self.every(self.pace.tick) { await self.tick() } }
            await group.waitForAll()
        }
    }

    /// Takes no more directives on and gives running steps `patience` to come to their end. What is cut off
    /// then is resumed by the next process, which looks before it repeats anything.
    public func stop(reason: String, patience: Duration) async {
        guard !stopping else { return }
        stopping = true
        let tasks = Array(running.values)
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for task in tasks { await task.value }
            }
            group.addTask { [clock] in try? await clock.sleep(for: patience) }
            await group.next()
            for task in tasks { task.cancel() }
            group.cancelAll()
        }
        let record = Record(
            at: clock.now(), workload: nil, epoch: 0, rule: nil, event: .controllerStopped(reason: reason))
        do { _ = try journal.append([record]) } catch { log.problem("\(error)") }
    }

    public func request(_ request: OperatorRequest, for workload: WorkloadID) -> OperatorReply {
        let reply = handle(.request(workload, request))
        if let journalFault { return .refused(message: "the journal cannot be written: \(journalFault)") }
        return reply ?? .accepted(message: "done")
    }

    /// Asked right before every call that changes something.
    public var mayAct: Bool { !stopping && fatalFault == nil }

    /// The same for one order: also whether its step is still right.
    public func mayCarryOut(_ order: StepOrder) -> Bool {
        guard mayAct else { return false }
        guard let objection = machine.objection(to: order, now: clock.now()) else { return true }
        log.problem("\(order.workload): \(order.step.id) is held back: \(objection)")
        return false
    }

    public func views() -> [WorkloadView] { machine.views(now: clock.now()) }

    public func dryRun(_ request: OperatorRequest, for workload: WorkloadID) -> DryRun? {
        machine.dryRun(request, of: workload, now: clock.now())
    }

    /// When the last whole round over all workloads ended; nil before the first.
    public func lastRoundEnded() -> Timestamp? { lastRound }

    // MARK: - The loop

    private func every(_ interval: Duration, _ body: @Sendable () async -> Void) async {
        while !stopping, fatalFault == nil, !Task.isCancelled {
            await body()
            do { try await clock.sleep(for: interval) } catch { return }
        }
    }

    private func tick() {
        let results = unrecorded
        unrecorded = []
        for result in results { handle(result) }
        handle(.tick)
    }

    /// One round over all workloads.
    public func round() async {
        await look(at: workloads, closer: [])
        lastRound = clock.now()
    }

    private func closerRound() async {
        let concerned = workloads.filter { workload in
            let phase = machine.state(of: workload.id)?.phase
            return phase != .watching && phase != .failedOver
        }
        guard !concerned.isEmpty else { return }
        await look(at: concerned, closer: Set(concerned.map(\.id)))
    }

    private func look(at workloads: [Workload], closer: Set<WorkloadID>) async {
        await eyes.look(at: workloads, closer: closer) { observations in
            await self.take(observations)
        }
    }

    private func take(_ observations: [Observation]) { handle(.observed(observations)) }

    /// Decides, makes the records durable, and only then performs. When the journal takes no records the
    /// machine is put back as it was: nothing has happened, and the next tick decides again.
    @discardableResult
    private func handle(_ input: Input) -> OperatorReply? {
        guard fatalFault == nil else { return nil }
        let before = machine
        let decision = machine.handle(input, now: clock.now())
        if !decision.records.isEmpty {
            do {
                _ = try journal.append(decision.records)
                journalFault = nil
                lastError = nil
            } catch {
                machine = before
                journalFault = "\(error)"
                lastError = error
                if input.isResult { unrecorded.append(input) }
                // What only repeats an effect that is on record already goes on: traffic depends on it.
                if error.retryIsSafe { decision.directives.filter(\.repeatsAnEffect).forEach(perform) }
                if !error.retryIsSafe { fatalFault = "\(error)" }
                log.problem("nothing can be decided while the journal cannot be written: \(error)")
                return nil
            }
            for record in decision.records { log.record(record) }
        }
        if !stopping { decision.directives.forEach(perform) }
        return decision.reply
    }

    private func perform(_ directive: Directive) {
        switch directive {
        case .perform(let order): track { await self.perform(order) }
        case .settleFence(let workload, let fence):
            track {
                let attempt = await self.hands.settle(fence)
                if case .stillOwed(let because) = attempt {
                    self.log.problem("\(workload): \(fence.identifier) is still not fenced: \(because)")
                }
                await self.feed(.fenceFinished(workload, fence, attempt))
            }
        case .deliver(let notice):
            track {
                let deliveries = await self.voice.deliver(notice)
                await self.feed(.noticeFinished(notice.workload, id: notice.id, deliveries: deliveries))
            }
        case .assertLever(_, let flip): track { await self.hands.assertLever(flip) }
        }
    }

    private func perform(_ order: StepOrder) async {
        let outcome: StepOutcome
        if case .recheck = order.step.action {
            outcome = await recheck(order)
        } else {
            outcome = await bounded(order)
        }
        guard !Task.isCancelled else { return }
        feed(
            .stepFinished(
                order.workload, epoch: order.epoch, step: order.step.id, attempt: order.attempt,
                outcome: outcome))
    }

    /// Looks at everything again; the machine judges what was seen.
    private func recheck(_ order: StepOrder) async -> StepOutcome {
        let concerned = workloads.filter { $0.id == order.workload }
        let clock = clock
        // What hangs is part of what is seen: the look ends with its time, and is judged by what has come in.
        let isWhole = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await self.look(at: concerned, closer: [order.workload])
                return true
            }
            group.addTask {
                try? await clock.sleep(for: order.deadline - clock.now())
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
        return .succeeded(
            detail: isWhole ? "looked at everything again" : "looked again; not everything answered")
    }

    /// A runner keeps to its deadline by itself; this holds even if one does not.
    private func bounded(_ order: StepOrder) async -> StepOutcome {
        let (hands, clock, grace) = (hands, clock, pace.grace)
        return await withTaskGroup(of: StepOutcome?.self) { group in
            group.addTask { await hands.run(order) }
            group.addTask {
                try? await clock.sleep(for: order.deadline - clock.now() + grace)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
                ?? .failed(detail: "no end within its time", retryable: true, mayHaveHappened: true)
        }
    }

    private func feed(_ input: Input) { handle(input) }

    private func track(_ body: @escaping @Sendable () async -> Void) {
        nextTask += 1
        let key = nextTask
        running[key] = Task {
            await body()
            self.forget(key)
        }
    }

    private func forget(_ key: Int) { running[key] = nil }
}
