/// A cluster of routing controls: five endpoints, each in a Region of its own, any of which will do while a
/// majority of them lives. One that does not answer is passed over at once.
public struct RoutingControlCluster: Sendable, Hashable {
    public struct Endpoint: Sendable, Hashable {
        /// Where it stands, which it is signed for.
        public var region: String
        /// As `DescribeCluster` of the control plane shows it: `https://…/v1`. To be kept in a file of ours:
        /// the control plane is in us-west-2 alone, and may be what is gone.
        public var url: String

        public init(region: String, url: String) {
            self.region = region
            self.url = url
        }
    }

    /// In the order in which they are asked.
    public var endpoints: [Endpoint]

    public init(endpoints: [Endpoint]) {
        self.endpoints = endpoints
    }

    /// Connecting 1 s and 3 s in all for each: five that hang take a quarter of a minute.
    public static let patience = CallOptions(
        connectTimeout: .seconds(1), attemptTimeout: .seconds(3), maxAttempts: 1)

    /// Another one first, so that not everybody asks the same: AWS asks for that. `by` may be any number.
    public func rotated(by places: Int) -> RoutingControlCluster {
        guard !endpoints.isEmpty else { return self }
        let start = ((places % endpoints.count) + endpoints.count) % endpoints.count
        return RoutingControlCluster(endpoints: Array(endpoints[start...] + endpoints[..<start]))
    }

    /// Asks one after another until one has answered. What an endpoint refuses, a safety rule for one,
    /// another one would refuse as well, so that is thrown at once; for all others the last one's error is.
    public func call<O: RoutingControlOperation>(
        _ operation: O, by client: AWSClient, options: CallOptions = patience
    ) async throws(AWSError) -> O.Output {
        var last: AWSError?
        for endpoint in endpoints {
            var options = options
            options.endpoint = endpoint.url
            do throws(AWSError) {
                return try await client.call(operation, region: endpoint.region, options: options)
            } catch {
                guard Self.maySucceedElsewhere(error) else { throw error }
                last = error
            }
        }
        throw last
            ?? AWSError(
                service: O.service, operation: O.name, region: "", kind: .endpoint,
                message: "the cluster has no endpoints", outcome: .notDone, retryable: false)
    }

    private static func maySucceedElsewhere(_ error: AWSError) -> Bool {
        switch error.kind {
        case .cancelled, .network(.cancelled), .network(.shutDown): false
        case .network, .serverFault, .throttled, .deadline, .malformedResponse, .endpoint: true
        // This one does not see a majority of the others, or not what they have agreed on.
        case .refused: error.code == "EndpointTemporarilyUnavailableException"
        default: false
        }
    }
}
