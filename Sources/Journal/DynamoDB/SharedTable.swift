import AWS
import Failover

/// The DynamoDB table in which hosts share a journal and its lease: partition key `pk` (string), sort key
/// `sk` (number).
///
/// One Region's table, or a global one with strong consistency: in an ordinary global table two Regions could
/// each grant the lease.
public struct SharedTable: Sendable {
    public let name: String
    public let region: Region
    let aws: AWSClient

    public init(name: String, region: Region, aws: AWSClient) {
        self.name = name
        self.region = region
        self.aws = aws
    }

    /// As errors name it.
    public var path: String { "dynamodb:\(region)/\(name)" }

    static let leaseKey: [String: AttributeValue] = ["pk": .string("lease"), "sk": .number(0)]
    static let records = AttributeValue.string("record")

    /// An answer that takes longer than this holds up every decision.
    static let options = CallOptions(
        connectTimeout: .seconds(2), attemptTimeout: .seconds(3), deadline: .seconds(10), maxAttempts: 4)

    func call<O: DynamoDBOperation>(
        _ operation: O, options: CallOptions = SharedTable.options
    ) async throws(AWSError) -> O.Output {
        try await aws.call(operation, region: region.rawValue, options: options)
    }

    /// `changes`: whether what failed would have changed something. What only reads leaves no doubt.
    func error(
        _ attempt: JournalError.Attempt, _ error: AWSError, changes: Bool
    ) -> JournalError {
        JournalError(attempt: attempt, path: path, cause: Self.cause(error, changes))
    }

    private static func cause(_ error: AWSError, _ changes: Bool) -> JournalError.Cause {
        if changes, error.outcome == .unknown { return .inDoubt(detail: error.description) }
        return switch error.kind {
        case .accessDenied, .credentialsRejected, .notFound: .denied(detail: error.description)
        default: .unreachable(detail: error.description)
        }
    }
}
