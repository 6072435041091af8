/// How an execution stands.
public struct GetPlanExecution: RegionSwitchOperation, PaginatedOperation {
    public static let name = "GetPlanExecution"
    public var kind: OperationKind { .read }

    /// Asked in the Region that is to be activated, which must not depend on the one that is left.
    public var planArn: String
    public var executionId: String
    /// A page. Nil for AWS's own.
    public var maxResults: Int?
    public var nextToken: String?

    public init(planArn: String, executionId: String, maxResults: Int? = nil, nextToken: String? = nil) {
        self.planArn = planArn
        self.executionId = executionId
        self.maxResults = maxResults
        self.nextToken = nextToken
    }

    public func encode(into json: inout JSONMembers) {
        json.add("planArn", planArn)
        json.add("executionId", executionId)
        json.add("maxResults", maxResults)
        json.add("nextToken", nextToken)
    }

    public struct Output: Sendable, Hashable {
        public var planArn: String?
        public var executionId: String?
        public var version: String?
        public var updatedAt: WallTime?
        public var comment: String?
        public var startTime: WallTime?
        public var endTime: WallTime?
        public var mode: String?
        /// `inProgress`, `pausedByFailedStep`, `completed`, `failed`, `pendingApproval`, …
        public var executionState: String?
        public var executionAction: String?
        public var executionRegion: String?
        public var stepStates: [RegionSwitchStep] = []
        /// ISO 8601, `PT5M`.
        public var actualRecoveryTime: String?
        public var nextToken: String?

        public init() {}
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var output = Output()
        output.planArn = try document.text("planArn")
        output.executionId = try document.text("executionId")
        output.version = try document.text("version")
        output.updatedAt = try document.time("updatedAt")
        output.comment = try document.text("comment")
        output.startTime = try document.time("startTime")
        output.endTime = try document.time("endTime")
        output.mode = try document.text("mode")
        output.executionState = try document.text("executionState")
        output.executionAction = try document.text("executionAction")
        output.executionRegion = try document.text("executionRegion")
        output.stepStates = try document.list("stepStates", RegionSwitchStep.init)
        output.actualRecoveryTime = try document.text("actualRecoveryTime")
        output.nextToken = try document.text("nextToken")
        return output
    }

    public static func items(of page: Output) -> [RegionSwitchStep] { page.stepStates }
    public static func nextToken(of page: Output) -> String? { page.nextToken }
    public func resumed(at token: String) -> Self {
        var next = self
        next.nextToken = token
        return next
    }
}
