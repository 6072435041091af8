/// Begins to carry out a plan of Region switch.
public struct StartPlanExecution: RegionSwitchOperation {
    public static let name = "StartPlanExecution"
    /// The token makes twice the same as once.
    public var kind: OperationKind { .repeatableMutation }

    /// Asked in the Region that is to be activated, which must not depend on the one that is left.
    public var planArn: String
    public var targetRegion: String
    /// `activate` or `deactivate`.
    public var action: String
    /// `graceful` or `ungraceful`. Nil for graceful.
    public var mode: String?
    public var comment: String?
    /// `true` to take the newest version of the plan.
    public var latestVersion: String?
    public var clientToken: String

    public init(
        planArn: String, targetRegion: String, action: String, mode: String? = nil, comment: String? = nil,
        latestVersion: String? = nil, clientToken: String
    ) {
        self.planArn = planArn
        self.targetRegion = targetRegion
        self.action = action
        self.mode = mode
        self.comment = comment
        self.latestVersion = latestVersion
        self.clientToken = clientToken
    }

    public func encode(into json: inout JSONMembers) {
        json.add("planArn", planArn)
        json.add("targetRegion", targetRegion)
        json.add("action", action)
        json.add("mode", mode)
        json.add("comment", comment)
        json.add("latestVersion", latestVersion)
        json.add("clientToken", clientToken)
    }

    public struct Output: Sendable, Hashable {
        public var executionId: String?
        public var plan: String?
        public var planVersion: String?
        public var activateRegion: String?
        public var deactivateRegion: String?

        public init() {}
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var output = Output()
        output.executionId = try document.text("executionId")
        output.plan = try document.text("plan")
        output.planVersion = try document.text("planVersion")
        output.activateRegion = try document.text("activateRegion")
        output.deactivateRegion = try document.text("deactivateRegion")
        return output
    }
}
