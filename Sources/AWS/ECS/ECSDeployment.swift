/// A rollout of a service.
public struct ECSDeployment: Sendable, Hashable {
    public var id: String?
    /// `PRIMARY`, `ACTIVE` or `INACTIVE`.
    public var status: String?
    public var taskDefinition: String?
    public var desiredCount: Int?
    public var pendingCount: Int?
    public var runningCount: Int?
    public var failedTasks: Int?
    /// `COMPLETED`, `FAILED` or `IN_PROGRESS`.
    public var rolloutState: String?
    public var rolloutStateReason: String?

    public init() {}

    init(_ json: JSONValue) throws(MalformedResponse) {
        id = try json.text("id")
        status = try json.text("status")
        taskDefinition = try json.text("taskDefinition")
        desiredCount = try json.int("desiredCount")
        pendingCount = try json.int("pendingCount")
        runningCount = try json.int("runningCount")
        failedTasks = try json.int("failedTasks")
        rolloutState = try json.text("rolloutState")
        rolloutStateReason = try json.text("rolloutStateReason")
    }
}
