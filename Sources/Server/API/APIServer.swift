import Failover
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// The operator API and the status page on a TCP address.
public struct APIServer: Sendable {
    /// For a whole request, from the connection or the answer before.
    static let patience = TimeAmount.seconds(15)
    static let connections = 128

    private let routes: OperatorRoutes
    private let host: String
    private let port: Int
    private let identity: ListenerIdentity?
    private let now: @Sendable () -> Timestamp
    private let logger: Logger

    /// `access`: anywhere but on the loopback interface `.tokens`, with an identity.
    public init(
        operations: any Operations, access: Access, page: PageRoutes, host: String, port: Int,
        identity: ListenerIdentity?, now: @escaping @Sendable () -> Timestamp, logger: Logger
    ) {
        if case .tokens = access {
            precondition(identity != nil || WebhookServer.isLoopback(host), "a token needs TLS on a network")
        } else {
            precondition(WebhookServer.isLoopback(host), "without tokens it is on the loopback interface")
        }
        routes = OperatorRoutes(operations: operations, access: access, page: page)
        self.host = host
        self.port = port
        self.identity = identity
        self.now = now
        self.logger = logger
    }

    /// Serves until the task is cancelled; `ready` is told the port once it accepts.
    public func run(ready: @escaping @Sendable (Int) async -> Void) async throws {
        let turnstile = Turnstile(now: now)
        let room = WaitingRoom(seats: Self.connections * 3 / 4)
        let http = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(turnstile, room, patience: Self.patience)],
                idleTimeout: Self.patience,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 64)))
        let application = Application(
            router: routes.router(),
            server: try identity?.secured(http) ?? http,
            configuration: .init(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: MaximumAvailableConnections(Self.connections, logger: logger)),
            onServerRunning: { channel in await ready(channel.localAddress?.port ?? 0) },
            logger: logger)
        do {
            try await application.run()
        } catch is CancellationError {
            return
        }
    }
}
