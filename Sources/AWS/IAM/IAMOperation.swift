extension Service {
    /// Right for the commercial partition and for GovCloud; other partitions have hosts of another form.
    public static let iam = Service(
        id: "iam", title: "IAM", endpointPrefix: "iam", signingName: "iam", environmentID: "IAM",
        apiVersion: "2010-05-08", wireProtocol: .query, reach: .global)
}

/// An operation of IAM.
public protocol IAMOperation: QueryOperation {}

extension IAMOperation {
    public static var service: Service { .iam }
}
