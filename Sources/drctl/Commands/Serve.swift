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
            Logs to standard error. Tells systemd when it is ready (Type=notify). SIGTERM and SIGINT stop \
            it at the next safe point; what was running is resumed by the next start.
            """)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        let configuration = try common.load()
        LoggingSystem.bootstrap { label in
            var handler = StreamLogHandler.standardError(label: label)
            handler.logLevel = Logger.Level(configuration.controller.logLevel)
            return handler
        }
        let logger = Logger(label: "drctl")
        configuration.warnings.forEach { logger.warning("\($0)") }
        let recorder = RunningRecorder(configuration.controller.recording, logger: logger)
        let running = try await RunningController.open(
            Assembly(configuration), holder: "drctl serve", log: ServiceLog(),
            observationLog: recorder?.recorder)
        let server = OperatorServer(
            operations: running.operations, socketPath: common.socket ?? configuration.controller.socket,
            logger: quiet())
        let reason = try await serve(running, server, logger)
        logger.info("stopping: \(reason)")
        SystemdNotice.send("STOPPING=1")
        await running.controller.stop(reason: reason, patience: .seconds(10))
        await recorder?.end(patience: .seconds(2))
        await running.assembly.transport.shutdown()
        if let fault = await running.controller.fatalFault { throw Failure(.failed, fault) }
        if reason.hasPrefix(Self.clockReason) { throw Failure(.failed, "\(reason); start drctl again") }
    }

    private static let clockReason = "the wall clock was stepped"

    /// Ends the process for systemd to start it anew, but never in the middle of a failover.
    private func steppedClock(_ running: RunningController, _ logger: Logger) async throws -> String {
        while true {
            let apart = try await ClockWatch(clock: running.assembly.clock).stepped()
            let reason = "\(Self.clockReason) by \(apart.text)"
            guard await running.controller.views().contains(where: { $0.phase == .failingOver }) else {
                return reason
            }
            logger.critical("\(reason), in the middle of a failover: starting anew afterwards")
        }
    }

    /// Until a signal comes or the controller cannot go on; returns why.
    private func serve(
        _ running: RunningController, _ server: OperatorServer, _ logger: Logger
    ) async throws -> String {
        try await withThrowingTaskGroup(of: String?.self) { group in
            group.addTask {
                try await server.run {
                    logger.info("ready")
                    SystemdNotice.send("READY=1")
                }
                return nil
            }
            group.addTask {
                await running.controller.run()
                return await running.controller.fatalFault.map { "the journal failed: \($0)" }
            }
            group.addTask { await Signals.first() }
            group.addTask { try await self.steppedClock(running, logger) }
            defer { group.cancelAll() }
            while let reason = try await group.next() {
                if let reason { return reason }
            }
            return "nothing left to do"
        }
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
