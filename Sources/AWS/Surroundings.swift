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

    public init(
        now: @escaping @Sendable () -> WallTime, steady: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void, random: @escaping @Sendable () -> Double,
        environment: [String: String], readFile: @escaping @Sendable (String) throws -> String
    ) {
        self.now = now
        self.steady = steady
        self.sleep = sleep
        self.random = random
        self.environment = environment
        self.readFile = readFile
    }

    /// The value of an environment variable, with an empty one counted as absent, as the AWS tools do.
    func variable(_ name: String) -> String? {
        environment[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
