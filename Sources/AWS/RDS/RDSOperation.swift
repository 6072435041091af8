extension Service {
    public static let rds = Service(
        id: "rds", title: "RDS", endpointPrefix: "rds", signingName: "rds", environmentID: "RDS",
        apiVersion: "2014-10-31", wireProtocol: .query)
}

/// An operation of RDS.
public protocol RDSOperation: QueryOperation {}

extension RDSOperation {
    public static var service: Service { .rds }
}
