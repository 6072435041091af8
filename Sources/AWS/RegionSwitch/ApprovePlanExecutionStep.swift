/// Says yes or no to a step that waits for it.
public struct ApprovePlanExecutionStep: RegionSwitchOperation {
    public static let name = "ApprovePlanExecutionStep"
    public var kind: OperationKind { .mutation }

    public var planArn: String
    public var executionId: String
    public var stepName: String
    /// `approve` or `decline`.
    public var approval: String
    public var comment: String?

    public init(
        planArn: String, executionId: String, stepName: String, approval: String, comment: String? = nil
    ) {
        self.planArn = planArn
        self.executionId = executionId
        self.stepName = stepName
        self.approval = approval
        self.comment = comment
    }

    public func encode(into json: inout JSONMembers) {
        json.add("planArn", planArn)
        json.add("executionId", executionId)
        json.add("stepName", stepName)
        json.add("approval", approval)
        json.add("comment", comment)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output { Output() }
}
