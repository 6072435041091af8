/// A service of ECS.
public struct ECSService: Sendable, Hashable {
    public var serviceArn: String?
    public var serviceName: String?
    public var clusterArn: String?
    /// `ACTIVE`, `DRAINING` or `INACTIVE`.
    public var status: String?
    /// `REPLICA`, or `DAEMON`: one task on each instance, whatever number is asked for.
    public var schedulingStrategy: String?
    public var desiredCount: Int?
    public var runningCount: Int?
    public var pendingCount: Int?
    public var taskDefinition: String?
    public var deployments: [ECSDeployment] = []
    public var createdAt: WallTime?

    public init() {}

    init(_ json: JSONValue) throws(MalformedResponse) {
        serviceArn = try json.text("serviceArn")
        serviceName = try json.text("serviceName")
        clusterArn = try json.text("clusterArn")
        status = try json.text("status")
        schedulingStrategy = try json.text("schedulingStrategy")
        desiredCount = try json.int("desiredCount")
        runningCount = try json.int("runningCount")
        pendingCount = try json.int("pendingCount")
        taskDefinition = try json.text("taskDefinition")
        deployments = try json.list("deployments", ECSDeployment.init)
        createdAt = try json.time("createdAt")
    }
}
