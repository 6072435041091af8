extension Service {
    public static let sts = Service(
        id: "sts", title: "STS", endpointPrefix: "sts", signingName: "sts", environmentID: "STS",
        apiVersion: "2011-06-15", wireProtocol: .query)
}

/// An operation of STS.
public protocol STSOperation: QueryOperation {}

extension STSOperation {
    public static var service: Service { .sts }
}
