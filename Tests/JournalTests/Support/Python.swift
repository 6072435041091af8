import Foundation

/// Another process, for what one process cannot show by itself: whose locks count, and what SQLite itself
/// says.
final class Python {
    static let path = ["/usr/bin/python3", "/usr/local/bin/python3"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
    static let isThere = path != nil

    private let process = Process()
    private let output = Pipe()
    var pid: Int32 { process.processIdentifier }

    init(_ script: String, _ arguments: [String]) throws {
        process.executableURL = URL(fileURLWithPath: Self.path ?? "")
        process.arguments = ["-c", script] + arguments
        process.standardOutput = output
        try process.run()
    }

    /// Waits for the next line that it prints; empty at the end.
    func line() throws -> String {
        var bytes = Data()
        while let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty, byte != Data([10])
        {
            bytes += byte
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Waits for its end and returns everything that it printed.
    func finish() throws -> String {
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self)
    }

    /// As `kill -9`.
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
