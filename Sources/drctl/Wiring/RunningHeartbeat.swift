import Controller
import Execution
import Failover
import Logging
import Settings

/// How a service shows that it lives: the daily message, and the pings of a dead man's switch.
struct RunningHeartbeat: Sendable {
    private let running: RunningController
    private let logger: Logger

    init(_ running: RunningController, logger: Logger) {
        self.running = running
        self.logger = logger
    }

    /// Each runs until it is cancelled.
    var tasks: [@Sendable () async -> Void] {
        guard let settings = running.assembly.configuration.notifications else { return [] }
        var tasks: [@Sendable () async -> Void] = []
        if let heartbeat = settings.heartbeat.flatMap(heartbeat) { tasks.append { await heartbeat.run() } }
        if let deadMan = settings.deadMan.map(deadMan) { tasks.append { await deadMan.run() } }
        return tasks
    }

    private func heartbeat(_ settings: HeartbeatSettings) -> Heartbeat? {
        guard let time = DailyTime(minute: settings.minute, zone: settings.zone) else { return nil }
        let (controller, clock) = (running.controller, running.assembly.clock)
        return Heartbeat(
            time: time, now: { clock.now() }, sleep: { try await clock.sleep(for: $0) },
            leads: { await controller.maySpeak }, send: { next in await send(next) })
    }

    /// To every notifier and to every topic of any workload, once.
    private func send(_ next: Timestamp) async {
        let status = await running.operations.status()
        let message = HealthSummary(
            version: status.version, region: status.region, startedAt: status.startedAt,
            lastRoundAt: status.lastRoundAt, journalFault: status.journalFault, lease: status.lease,
            workloads: status.workloads, notifiers: status.notifiers ?? []
        ).message(at: status.now, next: next)
        var seen: Set<Topic> = []
        let topics = running.assembly.configuration.workloads.flatMap(\.topics)
            .filter { seen.insert($0).inserted }
        async let told = running.notifiers.tell(message)
        let published = await running.topics.deliver(message, to: topics)
        let all = published + (await told)
        let failed = all.filter { $0.failure != nil }
        let failures = failed.map { "\($0.notifier ?? $0.topic.arn): \($0.failure ?? "")" }
        let reached = "the heartbeat reached \(all.count - failed.count) of \(all.count)"
        let text = sanitized(oneLine(([reached] + failures).joined(separator: "; ")))
        logger.log(level: failed.isEmpty ? .info : .warning, "\(text)")
    }

    private func deadMan(_ settings: DeadManSettings) -> DeadMan {
        let (controller, assembly, logger) = (running.controller, running.assembly, logger)
        return DeadMan(
            url: assembly.secretFile(settings.urlFile), every: settings.every,
            transport: assembly.outwardTransport(caBundle: nil),
            surroundings: assembly.notifierSurroundings(
                maySpeak: { true },
                report: { report in
                    switch report {
                    case .trouble(let line): logger.error("\(sanitized(oneLine(line)))")
                    case .recovery(let line): logger.notice("\(sanitized(oneLine(line)))")
                    }
                })
        ) {
            guard await controller.journalFault == nil, await controller.maySpeak else { return nil }
            return await controller.lastTurnEnded()
        }
    }
}
