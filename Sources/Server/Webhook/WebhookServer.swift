import Failover
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Webhook

/// Listens for messages on an address of its own, apart from the operator API: strangers come here.
public struct WebhookServer: Sendable {
    /// For a whole request, from the connection or the answer before. SNS gives up after 15 s.
    public static let patience = Duration.seconds(15)
    /// Connections in all. More wait unaccepted in the kernel's own bounded queue.
    static let connections = 128

    private let intake: Intake
    private let host: String
    private let port: Int
    private let identity: ListenerIdentity?
    private let now: @Sendable () -> Timestamp
    private let logger: Logger
    private let patience: TimeAmount

    /// `identity`: nil on a loopback address alone, where whatever stands before it has to speak TLS. Who
    /// sends is proved by each message's signature.
    public init(
        intake: Intake, host: String, port: Int, identity: ListenerIdentity? = nil,
        now: @escaping @Sendable () -> Timestamp, logger: Logger, patience: Duration = WebhookServer.patience
    ) {
        precondition(
            identity != nil || Self.isLoopback(host),
            "without TLS the webhook listens on the loopback interface alone")
        self.intake = intake
        self.host = host
        self.port = port
        self.identity = identity
        self.now = now
        self.logger = logger
        self.patience = .milliseconds(patience.milliseconds)
    }

    public static func isLoopback(_ host: String) -> Bool {
        host == "::1" || host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == 46 || (48...57).contains($0) }
    }

    /// Serves until the task is cancelled; `ready` is told the port once it accepts.
    public func run(ready: @escaping @Sendable (Int) async -> Void) async throws {
        let turnstile = Turnstile(now: now)
        let room = WaitingRoom(seats: Self.connections * 3 / 4)
        let patience = patience
        let crowd = MaximumAvailableConnections(Self.connections, logger: logger)
        let http = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [ConnectionGuard(turnstile, room, patience: patience)],
                idleTimeout: patience,
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024, maxHeaderFieldCount: 64)))
        let application = Application(
            router: WebhookRoutes(intake: intake, turnstile: turnstile).router(),
            server: try identity?.secured(http) ?? http,
            configuration: .init(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: crowd),
            onServerRunning: { channel in await ready(channel.localAddress?.port ?? 0) },
            logger: logger)
        do {
            try await application.run()
        } catch is CancellationError {
            return
        }
    }
}
