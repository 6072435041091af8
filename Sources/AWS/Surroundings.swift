/// Everything that this room takes from the machine it runs on. It comes in here so that a test, or a
/// simulated world with a seed, can stand in for the machine.
public struct Surroundings: Sendable {
    /// The wall clock. Only for signing and for the expiry of credentials, never for measuring a span.
    public var now: @Sendable () -> WallTime
    /// A clock that never goes backwards, from an arbitrary start.
    public var steady: @Sendable () -> Duration
    /// Returns after the span, or throws at once when the task is cancelled.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// Uniform in 0..<1. It spreads retries; it need not be unpredictable.
    public var random: @Sendable () -> Double
    /// The process environment, read once by whoever builds this value.
    public var environment: [String: String]
    /// The whole text of a file at an absolute path.
    public var readFile: @Sendable (String) throws -> String
    /// Runs a command, no shell in between, and gives what it printed; bounded in time and size.
    public var runCommand: @Sendable ([String]) async throws -> CommandResult

    public init(
        now: @escaping @Sendable () -> WallTime, steady: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double,
        environment: [String: String], readFile: @escaping @Sendable (String) throws -> String,
        runCommand: @escaping @Sendable ([String]) async throws -> CommandResult = { _ in throw NoCommands() }
    ) {
        self.now = now
        self.steady = steady
        self.sleep = sleep
        self.random = random
        self.environment = environment
        self.readFile = readFile
        self.runCommand = runCommand
    }

    /// The value of an environment variable, with an empty one counted as absent, as the AWS tools do.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}

/// How a command ended, and what it wrote to its standard output.
public struct CommandResult: Sendable, Equatable {
    public var status: Int32
    public var output: [UInt8]

    public init(status: Int32, output: [UInt8]) {
        self.status = status
        self.output = output
    }
}

/// This program runs no commands.
public struct NoCommands: Error, CustomStringConvertible {
    public init() {}
    public var description: String { "this program runs no commands" }
}
