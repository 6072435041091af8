import Failover
import Logging
import Server
import Settings

/// The operator API on a TCP address. Whatever becomes of it, the decision loop goes on.
struct RunningAPI: Sendable {
    private let settings: APISettings
    private let operations: ControllerOperations
    private let page: PageRoutes
    private let access: Access
    private let identity: IdentityFiles?
    private let clock: MachineClock
    private let logger: Logger

    /// Nil when no address is configured.
    init?(
        _ running: RunningController, page: PageRoutes, webhook: RunningWebhook?, logger: Logger
    ) throws {
        guard let settings = running.assembly.configuration.api else { return nil }
        var operations = running.operations
        operations.counts = webhook?.counts
        let clock = running.assembly.clock
        self.settings = settings
        self.operations = operations
        self.page = page
        self.clock = clock
        self.logger = logger
        access = try Self.access(settings, clock, logger)
        identity = try Self.identity(settings)
    }

    /// Whether a start with these would come up.
    static func check(_ settings: APISettings) throws {
        _ = try settings.tokensFile.map { try Tokens(SecretPlace($0, setting: "api.tokens_file").text()) }
        _ = try identity(settings)
    }

    private static func access(
        _ settings: APISettings, _ clock: MachineClock, _ logger: Logger
    ) throws -> Access {
        guard let file = settings.tokensFile else { return .open }
        let place = try SecretPlace(file, setting: "api.tokens_file")
        do {
            return .tokens(
                try TokenFile(
                    read: { try place.text() }, now: { clock.now() },
                    note: { logger.error("api.tokens_file: \(sanitized(oneLine($0)))") }))
        } catch let fault as Tokens.Fault {
            throw Failure(.usage, "api.tokens_file: \(place.path): \(fault)")
        }
    }

    private static func identity(_ settings: APISettings) throws -> IdentityFiles? {
        try IdentityFiles(
            section: "api", certificate: settings.certificateFile, key: settings.keyFile)
    }

    /// Until it is cancelled. An address that is in use may become free.
    func run() async {
        while !Task.isCancelled {
            do {
                try await serveUntilRenewed()
            } catch is CancellationError {
                return
            } catch {
                logger.error("the API cannot be served: \(sanitized(oneLine("\(error)")))")
                do { try await clock.sleep(for: .seconds(30)) } catch { return }
            }
        }
    }

    /// A certificate that was renewed on disk is taken by listening anew.
    private func serveUntilRenewed() async throws {
        let server = APIServer(
            operations: operations, access: access, page: page, host: settings.listen.host,
            port: settings.listen.port, identity: identity?.identity, now: { clock.now() }, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.run { port in logger.info("the API and its page are on port \(port)") }
            }
            if let identity {
                group.addTask {
                    try await identity.renewed(clock)
                    logger.notice("the API's certificate has been renewed")
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Hummingbird tells of every request that was not well-formed; strangers must not fill the log.
    private var quiet: Logger {
        var quiet = Logger(label: "drctl.api.tcp")
        quiet.logLevel = .critical
        return quiet
    }
}
