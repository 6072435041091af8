import AWS
import Failover

/// One try of one step: its bounds, and the way to AWS within them.
struct Trial: Sendable {
    let context: ExecutionContext
    let deadline: Timestamp

    /// A look is worth nothing when its answer comes late; the next one asks afresh.
    static let lookLimit = Duration.seconds(20)
    static let lookAttemptLimit = Duration.seconds(10)
    /// RDS takes seconds to accept a change. Longer silence is an open outcome, which looking settles sooner.
    static let changeLimit = Duration.seconds(30)
    static let connectLimit = Duration.seconds(5)

    var remaining: Duration { deadline - context.now() }

    /// An operation that only reads.
    func ask<O: Operation>(_ operation: O, in region: Region) async throws(AWSError) -> O.Output {
        try await context.aws.call(operation, region: region.rawValue, options: lookOptions)
    }

    /// Every item of every page.
    func askAll<O: PaginatedOperation>(_ operation: O, in region: Region) async throws(AWSError) -> [O.Item] {
        try await context.aws.all(operation, region: region.rawValue, options: lookOptions)
    }

    /// An operation that changes something: sent once, since leave to act was asked for once.
    func change<O: Operation>(_ operation: O, in region: Region) async throws(AWSError) -> O.Output {
        let options = CallOptions(
            connectTimeout: Self.connectLimit, attemptTimeout: Self.changeLimit,
            deadline: min(Self.changeLimit, remaining), maxAttempts: 1)
        return try await context.aws.call(operation, region: region.rawValue, options: options)
    }

    var lookOptions: CallOptions {
        CallOptions(
            connectTimeout: Self.connectLimit, attemptTimeout: Self.lookAttemptLimit,
            deadline: min(Self.lookLimit, remaining))
    }
}
