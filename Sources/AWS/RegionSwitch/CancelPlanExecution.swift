/// Stops an execution after the step that runs.
public struct CancelPlanExecution: RegionSwitchOperation {
    public static let name = "CancelPlanExecution"
    public var kind: OperationKind { .mutation }

    public var planArn: String
    public var executionId: String
    public var comment: String?

    public init(planArn: String, executionId: String, comment: String? = nil) {
        self.planArn = planArn
        self.executionId = executionId
        self.comment = comment
    }

    public func encode(into json: inout JSONMembers) {
        json.add("planArn", planArn)
        json.add("executionId", executionId)
        json.add("comment", comment)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output { Output() }
}
