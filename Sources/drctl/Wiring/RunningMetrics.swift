import Logging
import Server
import Settings

/// The metrics of a service. Whatever becomes of them, the decision loop goes on.
struct RunningMetrics: Sendable {
    private let server: MetricsServer
    private let clock: MachineClock
    private let logger: Logger

    /// Nil when no address is configured.
    init?(_ running: RunningController, webhook: RunningWebhook?, logger: Logger) {
        guard let address = running.assembly.configuration.controller.metrics else { return nil }
        var measured = running.operations
        measured.counts = webhook?.counts
        var quiet = Logger(label: "drctl.metrics")
        quiet.logLevel = .critical
        server = MetricsServer(measured: measured, host: address.host, port: address.port, logger: quiet)
        clock = running.assembly.clock
        self.logger = logger
    }

    /// Until it is cancelled. An address that is in use may become free.
    func run() async {
        while !Task.isCancelled {
            do {
                try await server.run { port in logger.info("metrics are on port \(port)") }
            } catch {
                logger.error("metrics cannot be served: \(sanitized(oneLine("\(error)")))")
            }
            do { try await clock.sleep(for: .seconds(30)) } catch { return }
        }
    }
}
