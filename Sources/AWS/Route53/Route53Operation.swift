extension Service {
    /// One endpoint a partition. In the commercial one it lives in us-east-1, and goes when that Region goes.
    public static let route53 = Service(
        id: "route53", title: "Route 53", endpointPrefix: "route53", signingName: "route53",
        environmentID: "ROUTE_53", apiVersion: "2013-04-01", wireProtocol: .restXML, reach: .global)
}

/// An operation of Route 53.
public protocol Route53Operation: RestXMLOperation {}

extension Route53Operation {
    public static var service: Service { .route53 }
}
