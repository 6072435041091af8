extension Service {
    public static let sns = Service(
        id: "sns", title: "SNS", endpointPrefix: "sns", signingName: "sns", environmentID: "SNS",
        apiVersion: "2010-03-31", wireProtocol: .query)
}

/// An operation of SNS.
public protocol SNSOperation: QueryOperation {}

extension SNSOperation {
    public static var service: Service { .sns }
}
