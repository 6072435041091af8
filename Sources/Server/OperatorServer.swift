import Foundation
import Hummingbird
import Logging
import NIOCore

/// Serves the operator API on a Unix socket that only its owner (and group, if asked for) can open.
public struct OperatorServer: Sendable {
    private let operations: any Operations
    private let socketPath: String
    private let logger: Logger

    /// `socketPath`: at most 107 bytes, the limit of Linux for the name of a socket.
    public init(operations: any Operations, socketPath: String, logger: Logger) {
        self.operations = operations
        self.socketPath = socketPath
        self.logger = logger
    }

    /// Serves until the task is cancelled; `ready` is called once the socket accepts. The caller holds the
    /// journal's lock, so a socket file that is already there belongs to a process that has died, and is
    /// replaced.
    public func run(ready: @escaping @Sendable () async -> Void) async throws(ServerError) {
        guard socketPath.utf8.count <= 107 else {
            throw ServerError(
                socketPath: socketPath,
                cause: "the path is longer than the 107 bytes that a socket's name may have")
        }
        try removeStale()
        let path = socketPath
        let application = Application(
            router: OperatorRoutes(operations: operations).router(),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .unixDomainSocket(path: path)),
            onServerRunning: { _ in
                // Owner only. The folder's own mode closes the moment between bind and here.
                chmod(path, 0o600)
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

    private func removeStale() throws(ServerError) {
        var status = stat()
        guard lstat(socketPath, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw ServerError(
                socketPath: socketPath, cause: "something that is not a socket is there already")
        }
        unlink(socketPath)
    }
}

public struct ServerError: Error, CustomStringConvertible {
    public var socketPath: String
    public var cause: String

    public var description: String {
        "cannot serve on \(socketPath): \(cause); check controller.socket and the rights on its folder"
    }
}
