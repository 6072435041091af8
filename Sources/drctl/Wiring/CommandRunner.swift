import AWS
import Failover
import Foundation

/// Runs a command of the user's, for `credential_process`. What it writes to standard error goes where
/// drctl's own goes. It waits on a thread of its own, and never for longer than the limit: not even for a
/// child of the command that lives on and keeps its output open.
struct CommandRunner: Sendable {
    /// Somebody waits for credentials: a command that takes longer hangs.
    var limit = Duration.seconds(60)
    /// Credentials have some hundred bytes.
    private static let maxBytes = 1 << 20

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    func run(_ words: [String]) async throws -> CommandResult {
        let limit = limit
        return try await withCheckedThrowingContinuation { waiting in
            Thread.detachNewThread {
                waiting.resume(with: Result { try Self.runToEnd(words, limit) })
            }
        }
    }

    private static func runToEnd(_ words: [String], _ limit: Duration) throws -> CommandResult {
        let deadline = ContinuousClock.now + limit
        let process = Process()
        // `env` looks the name up in PATH.
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["--"] + words
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        // Threads of the Swift runtime block SIGTERM, and a child inherits that.
        defer { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }
        // Otherwise this process holds the output open itself.
        try? pipe.fileHandleForWriting.close()
        let output = try read(pipe.fileHandleForReading, until: deadline)
        let patience = max(.zero, deadline - .now)
        guard ended.wait(timeout: .now() + .milliseconds(Int(patience.milliseconds))) == .success else {
            throw tooLong
        }
        return CommandResult(status: process.terminationStatus, output: output)
    }

    private static func read(
        _ handle: FileHandle, until deadline: ContinuousClock.Instant
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while true {
            let patience = max(.zero, deadline - .now)
            var watched = pollfd(fd: handle.fileDescriptor, events: Int16(POLLIN), revents: 0)
            let ready = poll(&watched, 1, Int32(clamping: patience.milliseconds))
            guard ready != 0 else { throw tooLong }
            // Interrupted by a signal.
            guard ready > 0 else { continue }
            let count = Foundation.read(handle.fileDescriptor, &part, part.count)
            guard count > 0 else { return bytes }
            bytes += part[..<count]
            guard bytes.count <= maxBytes else {
                throw Failure(description: "it printed more than \(maxBytes) bytes")
            }
        }
    }

    private static let tooLong = Failure(description: "it did not end in time")
}
