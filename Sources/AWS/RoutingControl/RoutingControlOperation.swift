extension Service {
    public static let routingControl = Service(
        id: "route53-recovery-cluster", title: "Routing control", endpointPrefix: "route53-recovery-cluster",
        signingName: "route53-recovery-cluster",
        environmentID: "ROUTE53_RECOVERY_CLUSTER", apiVersion: "2019-12-02",
        wireProtocol: .json(version: "1.0", targetPrefix: "ToggleCustomerAPI"))
}

/// An operation of Route 53's routing control, the data plane of a cluster.
public protocol RoutingControlOperation: JSONMembersOperation {}

extension RoutingControlOperation {
    public static var service: Service { .routingControl }
}
