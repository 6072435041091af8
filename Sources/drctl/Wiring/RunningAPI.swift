import Failover
import Foundation
import Logging
import Server
import Settings

/// The operator API on a TCP address. Whatever becomes of it, the decision loop goes on.
struct RunningAPI: Sendable {
    /// Between two looks at the certificate: whoever renews it need not know of this service.
    private static let renewalCheck = Duration.seconds(60)

    private let settings: APISettings
    private let operations: ControllerOperations
    private let page: PageRoutes
    private let access: Access
    private let identity: APIServer.Identity?
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

    private static func identity(_ settings: APISettings) throws -> APIServer.Identity? {
        guard let certificate = settings.certificateFile, let key = settings.keyFile else { return nil }
        let identity = APIServer.Identity(
            certificateFile: try SecretPlace(certificate, setting: "api.certificate_file").path,
            keyFile: try SecretPlace(key, setting: "api.key_file").path)
        do {
            try identity.check()
        } catch {
            throw Failure(.usage, "api.certificate_file, api.key_file: \(error)")
        }
        return identity
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
            port: settings.listen.port, identity: identity, now: { clock.now() }, logger: quiet)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                try await server.run { port in logger.info("the API and its page are on port \(port)") }
            }
            group.addTask { try await renewal() }
            try await group.next()
            group.cancelAll()
        }
    }

    private func renewal() async throws {
        let before = contents
        repeat {
            try await clock.sleep(for: Self.renewalCheck)
            // Half of a renewal is none: the pair must fit.
        } while contents == before || (try? identity?.check()) == nil
        logger.notice("the API's certificate has been renewed")
    }

    private var contents: [Data?] {
        [identity?.certificateFile, identity?.keyFile].map { path in
            path.flatMap { FileManager.default.contents(atPath: $0) }
        }
    }

    /// Hummingbird tells of every request that was not well-formed; strangers must not fill the log.
    private var quiet: Logger {
        var quiet = Logger(label: "drctl.api.tcp")
        quiet.logLevel = .critical
        return quiet
    }
}
