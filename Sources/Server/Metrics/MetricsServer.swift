import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// `GET /metrics`, `/livez` and `/readyz` on a loopback address, for a collector on this host. It only tells.
public struct MetricsServer: Sendable {
    private let measured: any Measured
    private let host: String
    private let port: Int
    private let logger: Logger

    /// `host`: a loopback address; nobody has to say who they are.
    public init(measured: any Measured, host: String, port: Int, logger: Logger) {
        precondition(WebhookServer.isLoopback(host), "metrics are told on the loopback interface alone")
        self.measured = measured
        self.host = host
        self.port = port
        self.logger = logger
    }

    /// Serves until the task is cancelled; `ready` is told the port once it accepts.
    public func run(ready: @escaping @Sendable (Int) async -> Void) async throws {
        let application = Application(
            router: Self.router(measured),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024,
                        maxHeaderFieldCount: 64))),
            configuration: .init(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(32, logger: logger)),
            onServerRunning: { channel in await ready(channel.localAddress?.port ?? 0) },
            logger: logger)
        do {
            try await application.run()
        } catch is CancellationError {
            return
        }
    }

    static func router(_ measured: any Measured) -> Router<BasicRequestContext> {
        let router = Router()
        router.get("/livez") { _, _ in plain("ok\n") }
        router.get("/readyz") { _, _ in await MetricsText(measured).readiness }
        router.get("/metrics") { _, _ in plain(await MetricsText(measured).text) }
        return router
    }
}
