import Settings
import Controller
import Execution
import Failover
import Foundation
import Journal

/// A controller that holds the journal, with what belongs to it.
struct RunningController {
    let assembly: Assembly
    let controller: Controller
    let operations: ControllerOperations
    let notifiers: Notifiers
    /// SNS, for as long as this host leads.
    let topics: SNSNotifier

    /// Takes the journal's lock and replays it. `holder` is what the next one who wants the journal is told.
    /// One that `collects` sees only while the assembly's collector runs.
    static func open(
        _ assembly: Assembly, holder: String, log: any ControllerLog,
        observationLog: (any ObservationLog)? = nil, collects: Bool = false
    ) async throws -> RunningController {
        let configuration = assembly.configuration
        // The lock, or the lease, is the right to act: a journal that can no longer be written ends it.
        let permission = Permission()
        let executor = assembly.executor(mayAct: { await permission.isGiven })
        let round = configuration.controller.pollInterval
        let eyes = WatchingEyes(watch: assembly.watch, collector: collects ? assembly.collector : nil) {
            await permission.moved
        }
        let hands = ExecutingHands(
            executor: executor,
            executorFor: { order in assembly.executor(mayAct: { await permission.isGiven(for: order) }) },
            executorForFence: { fence in assembly.executor(mayAct: { await permission.isGiven(for: fence) }) }
        )
        let topics = SNSNotifier(aws: assembly.aws.asking { await permission.isGivenToSpeak })
        let notifiers = assembly.notifiers(
            maySpeak: { await permission.isGivenToSpeak },
            report: { report in
                switch report {
                case .trouble(let line): log.problem(line)
                case .recovery(let line): log.remark(line)
                }
            })
        let voice = PublishingVoice(topics: topics, notifiers: notifiers)
        let pace = Pace(round: round, closer: round / 2, tick: min(.seconds(1), round / 2))
        let controller: Controller
        let journal: any JournalStore
        if let shared = try assembly.sharedJournal(holder: holder) {
            journal = shared.journal
            controller = Controller(
                workloads: configuration.workloads,
                maxConcurrentFailovers: configuration.controller.maxConcurrentFailovers, shared: shared,
                eyes: eyes, hands: hands, voice: voice, clock: assembly.clock, log: log,
                observationLog: observationLog, pace: pace,
                fleetBrake: configuration.controller.fleetBrake, host: configuration.hostFacts)
        } else {
            journal = try ownJournal(assembly, holder)
            controller = Controller(
                workloads: configuration.workloads,
                maxConcurrentFailovers: configuration.controller.maxConcurrentFailovers, journal: journal,
                eyes: eyes, hands: hands, voice: voice, clock: assembly.clock, log: log,
                observationLog: observationLog, pace: pace,
                fleetBrake: configuration.controller.fleetBrake, host: configuration.hostFacts)
        }
        await permission.ask(
            { await controller.mayAct }, for: { await controller.mayCarryOut($0) },
            fencing: { await controller.maySettle($0) },
            speaking: { await controller.maySpeak }, moved: { await controller.movedWorkloads() })
        let startedAt = assembly.clock.now()
        do {
            try await controller.start(version: Drctl.version, configurationDigest: configuration.digest)
        } catch {
            throw Failure(.failed, "\(error)")
        }
        return RunningController(
            assembly: assembly, controller: controller,
            operations: ControllerOperations(
                controller: controller, journal: journal, executor: executor, configuration: configuration,
                clock: assembly.clock, startedAt: startedAt, calls: assembly.calls, notifiers: notifiers),
            notifiers: notifiers, topics: topics)
    }

    private static func ownJournal(_ assembly: Assembly, _ holder: String) throws -> any JournalStore {
        do {
            return watched(
                try SQLiteJournal.open(
                    path: assembly.configuration.controller.journal, holder: holder,
                    since: assembly.clock.now()))
        } catch {
            throw Failure(.failed, "\(error)")
        }
    }

    private static func watched(_ journal: SQLiteJournal) -> any JournalStore {
        #if DEBUG
            if let crash = CrashPoint(journal, environment: ProcessInfo.processInfo.environment) {
                return crash
            }
        #endif
        return journal
    }
}

/// Breaks the circle between the executor, which asks before it acts, and the controller, which knows.
private actor Permission {
    private var question: (@Sendable () async -> Bool)?
    private var orderQuestion: (@Sendable (StepOrder) async -> Bool)?
    private var fenceQuestion: (@Sendable (FenceAction) async -> Bool)?
    private var noticeQuestion: (@Sendable () async -> Bool)?
    private var movedQuestion: (@Sendable () async -> Set<WorkloadID>)?

    func ask(
        _ question: @escaping @Sendable () async -> Bool,
        for orderQuestion: @escaping @Sendable (StepOrder) async -> Bool,
        fencing fenceQuestion: @escaping @Sendable (FenceAction) async -> Bool,
        speaking noticeQuestion: @escaping @Sendable () async -> Bool,
        moved movedQuestion: @escaping @Sendable () async -> Set<WorkloadID>
    ) {
        self.movedQuestion = movedQuestion
        self.question = question
        self.orderQuestion = orderQuestion
        self.fenceQuestion = fenceQuestion
        self.noticeQuestion = noticeQuestion
    }

    func isGiven(for order: StepOrder) async -> Bool { await orderQuestion?(order) ?? false }

    var moved: Set<WorkloadID> {
        get async { await movedQuestion?() ?? [] }
    }

    func isGiven(for fence: FenceAction) async -> Bool { await fenceQuestion?(fence) ?? false }

    var isGivenToSpeak: Bool {
        get async { await noticeQuestion?() ?? false }
    }

    var isGiven: Bool {
        get async {
            guard let question else { return false }
            return await question()
        }
    }
}
