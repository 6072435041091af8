/// What a client must know about one AWS service. Source of every value: botocore 1.43.127, service models.
public struct Service: Sendable, Hashable {
    /// The wire protocol; EC2 speaks its own dialect of the query protocol.
    public enum WireProtocol: Sendable, Hashable {
        case query
        case ec2
        case restXML
        case restJSON
        case json(version: String, targetPrefix: String)
    }

    /// Whether every Region has its own endpoint, or one endpoint serves the partition.
    public enum Reach: Sendable, Hashable {
        case regional
        case global
    }

    /// The name used in logs, metrics and endpoint overrides: `rds`, `cloudwatch`, `route53`.
    public let id: String
    /// What a person calls it: `RDS`, `CloudWatch`, `Route 53`.
    public let title: String
    /// The first label of the host name; not `id` for CloudWatch, whose hosts are `monitoring.*`.
    public let endpointPrefix: String
    /// The service in the signature's scope.
    public let signingName: String
    /// The suffix of `AWS_ENDPOINT_URL_*`.
    public let environmentID: String
    /// The key inside a `[services]` section of the shared configuration file.
    public let profileID: String
    /// Sent as `Version` in the query protocols, part of the path in Route 53.
    public let apiVersion: String
    public let wireProtocol: WireProtocol
    public let reach: Reach

    public init(
        id: String, title: String, endpointPrefix: String, signingName: String, environmentID: String,
        apiVersion: String, wireProtocol: WireProtocol, reach: Reach = .regional
    ) {
        self.id = id
        self.title = title
        self.endpointPrefix = endpointPrefix
        self.signingName = signingName
        self.environmentID = environmentID
        self.profileID = environmentID.lowercased()
        self.apiVersion = apiVersion
        self.wireProtocol = wireProtocol
        self.reach = reach
    }
}
