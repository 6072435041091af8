import AWS
import Foundation

/// Runs a command of the user's, for `credential_process`. What it writes to standard error goes where
/// drctl's own goes.
struct CommandRunner: Sendable {
    /// Somebody waits for credentials: a command that takes longer hangs.
    var limit = Duration.seconds(60)
    /// Credentials have some hundred bytes.
    static let maxBytes = 1 << 20

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    func run(_ words: [String]) async throws -> CommandResult {
        let process = Process()
        // `env` looks the name up in PATH, and makes a word that looks like an option no option of its own.
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["--"] + words
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        let limit = limit
        return try await withThrowingTaskGroup(of: CommandResult?.self) { group in
            group.addTask { try await Self.result(of: process, pipe) }
            group.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            defer {
                group.cancelAll()
                // Threads of the Swift runtime block SIGTERM, and a child inherits that.
                if process.isRunning { kill(process.processIdentifier, SIGKILL) }
            }
            guard let first = try await group.next(), let result = first else {
                throw Failure(description: "it did not end within \(limit)")
            }
            return result
        }
    }

    private static func result(of process: Process, _ pipe: Pipe) async throws -> CommandResult {
        let ended = AsyncStream<Int32> { end in
            process.terminationHandler = {
                end.yield($0.terminationStatus)
                end.finish()
            }
        }
        try process.run()
        // The write end stays open in this process otherwise, and reading would never end.
        try? pipe.fileHandleForWriting.close()
        let output = await Self.everything(from: pipe.fileHandleForReading)
        guard let output else {
            kill(process.processIdentifier, SIGKILL)
            throw Failure(description: "it printed more than \(maxBytes) bytes")
        }
        for await status in ended { return CommandResult(status: status, output: output) }
        throw CancellationError()
    }

    /// Nil when there is too much of it. On a thread of its own, since reading waits for the command.
    private static func everything(from handle: FileHandle) async -> [UInt8]? {
        await withCheckedContinuation { waiting in
            Thread.detachNewThread {
                var bytes: [UInt8] = []
                while let more = try? handle.read(upToCount: 64 << 10), !more.isEmpty {
                    bytes += more
                    guard bytes.count <= maxBytes else { return waiting.resume(returning: nil) }
                }
                waiting.resume(returning: bytes)
            }
        }
    }
}
