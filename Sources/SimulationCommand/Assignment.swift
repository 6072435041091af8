import Failover
import Foundation
import Simulation

/// Seeds for one child process.
struct Assignment: Equatable {
    var from: UInt64
    var count: Int
    var stride: UInt64 = 1
    var mask = ""
    var without = ""
    var plant: Plant?
    /// Nothing more is wanted after the first violation.
    var endsWithFirst = false

    var arguments: [String] {
        var arguments = [
            "simulate", "--worker", "--from", "\(from)", "--seeds", "\(count)", "--stride", "\(stride)",
        ]
        if !mask.isEmpty { arguments += ["--mask", mask] }
        if !without.isEmpty { arguments += ["--without", without] }
        if let plant { arguments += ["--plant", plant.rawValue] }
        return arguments
    }

    /// Without its first seed, which is done; nil when that was the last.
    var rest: Assignment? {
        guard count > 1 else { return nil }
        var rest = self
        rest.from += stride
        rest.count -= 1
        return rest
    }
}

/// A child process at work on an assignment.
final class Child {
    /// What is still to come, the seed at hand first; nil when nothing is.
    private(set) var assignment: Assignment?
    let original: Assignment
    private let process = Process()
    private let output = Pipe()
    private var buffered = Data()
    private(set) var heardAt = Date()

    init(_ assignment: Assignment, original: Assignment? = nil) throws {
        self.assignment = assignment
        self.original = original ?? assignment
        process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        process.arguments = assignment.arguments
        // A run that ends its process is told by its seed; the trace of it is for a debugger's run.
        var environment = ProcessInfo.processInfo.environment
        environment["SWIFT_BACKTRACE"] = "enable=no"
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        try process.run()
    }

    var descriptor: Int32 { output.fileHandleForReading.fileDescriptor }

    /// Takes in what has come. Nil when the process has ended.
    func results() -> [SeedResult]? {
        let data = output.fileHandleForReading.availableData
        if data.isEmpty { return nil }
        heardAt = Date()
        buffered.append(data)
        var results: [SeedResult] = []
        while let end = buffered.firstIndex(of: UInt8(ascii: "\n")) {
            let line = buffered[buffered.startIndex..<end]
            if let result = try? JSONDecoder().decode(SeedResult.self, from: line) {
                results.append(result)
                assignment = assignment?.rest
            }
            buffered = Data(buffered[(end + 1)...])
        }
        return results
    }

    /// How the process ended, for people.
    func ending() -> String {
        process.waitUntilExit()
        let kind = process.terminationReason == .uncaughtSignal ? "signal" : "exit code"
        return "the run took its process down: \(kind) \(process.terminationStatus)"
    }

    func end() {
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
