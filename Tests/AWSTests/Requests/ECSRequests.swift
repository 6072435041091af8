@testable import AWS

/// The inputs of `Vectors/more_inputs.py` for ECS, under the same names.
enum ECSRequests {

    static let operations: [String: any Operation] = [
        "DescribeServices in full": DescribeServices(services: ["orders", "payments"], cluster: "apps"),
        "DescribeServices in brief": DescribeServices(services: ["orders", "payments"]),
        "UpdateService in full": UpdateService(
            service: "orders", cluster: "apps", desiredCount: 7, taskDefinition: "taskDefinition & é",
            forceNewDeployment: true),
        "UpdateService in brief": UpdateService(service: "orders"),
    ]
}
