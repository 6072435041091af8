import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

/// Serves the operator API on a Unix socket that only its owner, and a group if there is one, can open.
public struct OperatorServer: Sendable {
    private let routes: OperatorRoutes
    private let socketPath: String
    private let group: UInt32?
    private let logger: Logger

    /// `socketPath`: at most 107 bytes, the limit of Linux for the name of a socket.
    /// `group`: whose members may act as well; nil for none.
    public init(
        operations: any Operations, page: PageRoutes, socketPath: String, group: UInt32? = nil, logger: Logger
    ) {
        routes = OperatorRoutes(operations: operations, access: .socket, page: page)
        self.socketPath = socketPath
        self.group = group
        self.logger = logger
    }

    /// Serves until the task is cancelled; `ready` is called once the socket accepts. A socket of a process
    /// that has died is replaced; one that is answered is left alone, and an error.
    public func run(ready: @escaping @Sendable () async -> Void) async throws(ServerError) {
        guard socketPath.utf8.count <= 107 else {
            throw ServerError(
                socketPath: socketPath,
                cause: "the path is longer than the 107 bytes that a socket's name may have")
        }
        try removeStale()
        let (path, group) = (socketPath, group)
        let application = Application(
            router: routes.router(),
            server: .http1(
                configuration: .init(
                    idleTimeout: .seconds(60),
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: 8 * 1024, maxHeaderListSize: 16 * 1024,
                        maxHeaderFieldCount: 64))),
            configuration: .init(
                address: .unixDomainSocket(path: path),
                availableConnectionsDelegate: MaximumAvailableConnections(128, logger: logger)),
            onServerRunning: { _ in
                // The folder's own mode closes the moment between bind and here.
                if !Self.open(path, for: group) {
                    logger.critical("the group may not be given \(path): only its owner can open it")
                }
                await ready()
            },
            logger: logger)
        do {
            try await application.run()
        } catch is CancellationError {
            return
        } catch {
            throw ServerError(socketPath: path, cause: "\(error)")
        }
        unlink(path)
    }

    /// False when the socket could not be given to the group: its owner alone has it then.
    private static func open(_ path: String, for group: UInt32?) -> Bool {
        guard let group else { return chmod(path, 0o600) == 0 }
        var status = stat()
        // A service that may not change a file's group runs with the right one.
        let isTheirs = lstat(path, &status) == 0 && status.st_gid == group
        guard isTheirs || chown(path, uid_t.max, group) == 0 else {
            chmod(path, 0o600)
            return false
        }
        return chmod(path, 0o660) == 0
    }

    private func removeStale() throws(ServerError) {
        var status = stat()
        guard lstat(socketPath, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw ServerError(
                socketPath: socketPath, cause: "something that is not a socket is there already")
        }
        // With a shared journal no lock keeps a second service off this host.
        guard !isAnswered else {
            throw ServerError(socketPath: socketPath, cause: "another drctl answers there")
        }
        unlink(socketPath)
    }

    /// Whether a process listens; the socket of one that has died refuses.
    private var isAnswered: Bool {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(socketPath.utf8)) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        let length = socklen_t(MemoryLayout<sockaddr_un>.size)
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, length) == 0 }
        }
    }
}

public struct ServerError: Error, CustomStringConvertible {
    public var socketPath: String
    public var cause: String

    public var description: String {
        "cannot serve on \(socketPath): \(cause); check controller.socket and the rights on its folder"
    }
}
