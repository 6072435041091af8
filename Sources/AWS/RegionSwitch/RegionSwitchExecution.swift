/// An execution in a list.
public struct RegionSwitchExecution: Sendable, Hashable {
    public var planArn: String?
    public var executionId: String?
    public var version: String?
    public var comment: String?
    public var startTime: WallTime?
    public var endTime: WallTime?
    public var mode: String?
    /// `inProgress`, `pausedByFailedStep`, `completed`, `failed`, `pendingApproval`, …
    public var executionState: String?
    public var executionAction: String?
    public var executionRegion: String?

    public init() {}

    init(_ json: JSONValue) throws(MalformedResponse) {
        planArn = try json.text("planArn")
        executionId = try json.text("executionId")
        version = try json.text("version")
        comment = try json.text("comment")
        startTime = try json.time("startTime")
        endTime = try json.time("endTime")
        mode = try json.text("mode")
        executionState = try json.text("executionState")
        executionAction = try json.text("executionAction")
        executionRegion = try json.text("executionRegion")
    }
}
