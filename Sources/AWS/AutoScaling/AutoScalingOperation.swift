extension Service {
    public static let autoScaling = Service(
        id: "autoscaling", title: "Auto Scaling", endpointPrefix: "autoscaling", signingName: "autoscaling",
        environmentID: "AUTO_SCALING", apiVersion: "2011-01-01",
        wireProtocol: .query)
}

/// An operation of Auto Scaling of EC2.
public protocol AutoScalingOperation: QueryOperation {}

extension AutoScalingOperation {
    public static var service: Service { .autoScaling }
}
