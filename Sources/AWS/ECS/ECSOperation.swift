extension Service {
    public static let ecs = Service(
        id: "ecs", title: "ECS", endpointPrefix: "ecs", signingName: "ecs",
        environmentID: "ECS", apiVersion: "2014-11-13",
        wireProtocol: .json(version: "1.1", targetPrefix: "AmazonEC2ContainerServiceV20141113"))
}

/// An operation of ECS.
public protocol ECSOperation: JSONMembersOperation {}

extension ECSOperation {
    public static var service: Service { .ecs }
}
