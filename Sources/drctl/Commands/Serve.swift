import ArgumentParser
import Settings
import Failover
import Foundation
import Logging
import Server

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the controller: watch, decide, and fail over as the policy says.",
        discussion: """
            Tells systemd when it is ready (Type=notify), and that it is not stuck (WatchdogSec). SIGTERM \
            and SIGINT stop it at the next safe point; what was running is resumed by the next start. \
            SIGHUP takes a changed configuration: it is checked first, and the old one stays if it is bad.
            """)

    @OptionGroup var common: CommonOptions

    @Option(help: "text, json, or journald with its fields. Default: journald under systemd, else text.")
    var logFormat: LogFormat?

    func run() async throws {
        SpareMemory.shareAmongThreads()
        // At once: a wish to read the file again that comes while it is being read must not be lost.
        let signals = Signals()
        let configuration = try common.load()
        let format = logFormat ?? .standard
        LoggingSystem.bootstrap { label in
            format.handler(label: label, level: Logger.Level(configuration.controller.logLevel))
        }
        let logger = Logger(label: "drctl")
        configuration.warnings.forEach { logger.warning("\($0)") }
        let recorder = RunningRecorder(configuration.controller.recording, logger: logger)
        let running = try await RunningController.open(
            AgreedClock.assembly(configuration, warn: { logger.warning("\($0)") }), holder: "drctl serve",
            log: ServiceLog(),
            observationLog: recorder?.recorder, collects: true)
        let clock = running.assembly.clock
        let page = PageRoutes(
            operations: running.operations, words: .standard(configuration),
            sleep: { try await clock.sleep(for: $0) })
        let server = OperatorServer(
            operations: running.operations, page: page,
            socketPath: common.socket ?? configuration.controller.socket,
            group: try configuration.controller.socketGroup.map(group), logger: quiet())
        let webhook = RunningWebhook(running, logger: logger)
        let metrics = RunningMetrics(running, webhook: webhook, logger: logger)
        let api = try RunningAPI(running, page: page, webhook: webhook, logger: logger)
        let reload = Reload(path: common.configPath, current: configuration, logger: logger)
        signals.listenForTheEnd()
        let reason = try await serve(
            running, server, (page, api), webhook, metrics, (signals, reload), logger)
        logger.info("stopping: \(reason)")
        if reason != Self.reloadReason { SystemdNotice.send("STOPPING=1") }
        await running.controller.stop(reason: reason, patience: .seconds(10))
        await running.notifiers.stop()
        await recorder?.end(patience: .seconds(2))
        await running.assembly.transport.shutdown()
        if let fault = await running.controller.fatalFault { throw Failure(.failed, fault) }
        if reason == Self.reloadReason {
            if let end = signals.endWished {
                logger.info("not starting anew: \(end)")
            } else {
                try Reload.startAnew()
            }
        }
        if reason.hasPrefix(Self.clockReason) { throw Failure(.failed, "\(reason); start drctl again") }
    }

    private static let clockReason = "the wall clock was stepped"
    private static let reloadReason = "a changed configuration"

    /// Until a signal asks for the end, or for a configuration that is good and another one.
    private func wished(
        _ running: RunningController, _ signals: Signals, _ reload: Reload
    ) async throws -> String {
        for await wish in signals.wishes {
            switch wish {
            case .end(let name): return name
            case .reload:
                guard reload.isDue() else { continue }
                guard await isFailingOver(running) else { return Self.reloadReason }
                reload.postponed()
                Task { try await self.askAgain(running) }
            }
        }
        return "cancelled"
    }

    /// A failover is never interrupted for a new configuration, and the wish is not forgotten.
    private func askAgain(_ running: RunningController) async throws {
        repeat {
            try await running.assembly.clock.sleep(for: .seconds(1))
        } while await isFailingOver(running)
        kill(getpid(), SIGHUP)
    }

    private func isFailingOver(_ running: RunningController) async -> Bool {
        await running.controller.views().contains { $0.phase == .failingOver }
    }

    /// Ends the process for systemd to start it anew, but never in the middle of a failover.
    private func steppedClock(_ running: RunningController, _ logger: Logger) async throws -> String {
        while true {
            let apart = try await ClockWatch(clock: running.assembly.clock).stepped()
            let reason = "\(Self.clockReason) by \(apart.text)"
            guard await isFailingOver(running) else { return reason }
            logger.critical("\(reason), in the middle of a failover: starting anew afterwards")
        }
    }

    /// Until a signal comes or the controller cannot go on; returns why.
    private func serve(
        _ running: RunningController, _ server: OperatorServer,
        _ web: (page: PageRoutes, api: RunningAPI?), _ webhook: RunningWebhook?,
        _ metrics: RunningMetrics?, _ wishes: (signals: Signals, reload: Reload), _ logger: Logger
    ) async throws -> String {
        try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                try await server.run {
                    logger.info("ready")
                    SystemdNotice.ready()
                }
                return nil
            }
            group.addTask {
                await running.controller.run()
                return await running.controller.fatalFault.map { "the journal failed: \($0)" }
            }
            group.addTask {
                await running.assembly.collector.run()
                return nil
            }
            group.addTask { try await self.wished(running, wishes.signals, wishes.reload) }
            group.addTask {
                await running.assembly.aws.keepCredentialsWarm()
                return nil
            }
            group.addTask { try await self.steppedClock(running, logger) }
            group.addTask {
                let spare = SpareMemory(clock: running.assembly.clock, logger: logger)
                try await spare.giveBack { await self.isFailingOver(running) }
                return nil
            }
            group.addTask {
                await web.page.remember()
                return nil
            }
            if let webhook {
                group.addTask {
                    await webhook.run()
                    return nil
                }
            }
            if let metrics {
                group.addTask {
                    await metrics.run()
                    return nil
                }
            }
            for task in RunningHeartbeat(running, logger: logger).tasks {
                group.addTask {
                    await task()
                    return nil
                }
            }
            if let api = web.api {
                group.addTask {
                    await api.run()
                    return nil
                }
            }
            if let watchdog = Watchdog(clock: running.assembly.clock) {
                group.addTask {
                    try await watchdog.feed { await running.controller.lastTurnEnded() }
                    return nil
                }
            }
            defer { group.cancelAll() }
            while let reason = try await group.next() {
                if let reason { return reason }
            }
            return "nothing left to do"
        }
    }

    private func group(_ name: String) throws -> UInt32 {
        guard let group = getgrnam(name) else {
            throw Failure(.usage, "controller.socket_group: there is no group \(name) on this host")
        }
        return group.pointee.gr_gid
    }

    /// Hummingbird calls the cancellation that ends it an error; what matters comes out of `run` as one.
    private func quiet() -> Logger {
        var logger = Logger(label: "drctl.api")
        logger.logLevel = .critical
        return logger
    }
}

extension Logger.Level {
    init(_ level: LogLevel) { self = Logger.Level(rawValue: level.rawValue) ?? .info }
}
