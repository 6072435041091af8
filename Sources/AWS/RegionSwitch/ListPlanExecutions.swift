/// The executions of a plan.
public struct ListPlanExecutions: RegionSwitchOperation, PaginatedOperation {
    public static let name = "ListPlanExecutions"
    public var kind: OperationKind { .read }

    /// Asked in the Region that is to be activated, which must not depend on the one that is left.
    public var planArn: String
    /// A page. Nil for AWS's own.
    public var maxResults: Int?
    public var nextToken: String?
    public var state: String?

    public init(planArn: String, maxResults: Int? = nil, nextToken: String? = nil, state: String? = nil) {
        self.planArn = planArn
        self.maxResults = maxResults
        self.nextToken = nextToken
        self.state = state
    }

    public func encode(into json: inout JSONMembers) {
        json.add("planArn", planArn)
        json.add("maxResults", maxResults)
        json.add("nextToken", nextToken)
        json.add("state", state)
    }

    public struct Output: Sendable, Hashable {
        public var items: [RegionSwitchExecution] = []
        public var nextToken: String?

        public init() {}
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var output = Output()
        output.items = try document.list("items", RegionSwitchExecution.init)
        output.nextToken = try document.text("nextToken")
        return output
    }

    public static func items(of page: Output) -> [RegionSwitchExecution] { page.items }
    public static func nextToken(of page: Output) -> String? { page.nextToken }
    public func resumed(at token: String) -> Self {
        var next = self
        next.nextToken = token
        return next
    }
}
