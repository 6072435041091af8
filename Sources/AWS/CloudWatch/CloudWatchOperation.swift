extension Service {
    /// Hosts and signatures say `monitoring`. Of its three protocols, this room speaks query.
    public static let cloudWatch = Service(
        id: "cloudwatch", title: "CloudWatch", endpointPrefix: "monitoring", signingName: "monitoring",
        environmentID: "CLOUDWATCH", apiVersion: "2010-08-01", wireProtocol: .query)
}

/// An operation of CloudWatch.
public protocol CloudWatchOperation: QueryOperation {}

extension CloudWatchOperation {
    public static var service: Service { .cloudWatch }
}
