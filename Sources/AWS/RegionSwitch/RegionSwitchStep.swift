/// How a step of an execution stands.
public struct RegionSwitchStep: Sendable, Hashable {
    public var name: String?
    /// `notStarted`, `running`, `failed`, `completed`, `canceled`, `skipped`, `pendingApproval`, …
    public var status: String?
    public var startTime: WallTime?
    public var endTime: WallTime?
    public var stepMode: String?

    public init() {}

    init(_ json: JSONValue) throws(MalformedResponse) {
        name = try json.text("name")
        status = try json.text("status")
        startTime = try json.time("startTime")
        endTime = try json.time("endTime")
        stepMode = try json.text("stepMode")
    }
}
