extension Service {
    public static let ec2 = Service(
        id: "ec2", title: "EC2", endpointPrefix: "ec2", signingName: "ec2", environmentID: "EC2",
        apiVersion: "2016-11-15", wireProtocol: .ec2)
}

/// An operation of EC2.
public protocol EC2Operation: QueryOperation {}

extension EC2Operation {
    public static var service: Service { .ec2 }
}

extension AWSError {
    /// True when this is not a failure but EC2's answer to a dry run: the request would have been allowed.
    public var isDryRunPermission: Bool { code == "DryRunOperation" }
}
