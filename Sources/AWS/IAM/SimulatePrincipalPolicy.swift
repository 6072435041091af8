/// What a user's or a role's policies, its boundary and the organisation's would say to actions on resources.
/// Nothing is done. Policies of the resources themselves are not looked at.
public struct SimulatePrincipalPolicy: IAMOperation, PaginatedOperation {
    public static let name = "SimulatePrincipalPolicy"
    public var kind: OperationKind { .read }

    /// Of the user or role: not of a session.
    public var policySourceArn: String
    public var actionNames: [String]
    /// Empty for all.
    public var resourceArns: [String]
    public var contextEntries: [ContextEntry]
    public var maxItems: Int?
    public var marker: String?

    /// The value of a condition's key, as a string.
    public struct ContextEntry: Sendable, Hashable {
        public var name: String
        public var values: [String]

        public init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    public init(
        policySourceArn: String, actionNames: [String], resourceArns: [String] = [],
        contextEntries: [ContextEntry] = [], maxItems: Int? = nil, marker: String? = nil
    ) {
        self.policySourceArn = policySourceArn
        self.actionNames = actionNames
        self.resourceArns = resourceArns
        self.contextEntries = contextEntries
        self.maxItems = maxItems
        self.marker = marker
    }

    public func encode(into form: inout QueryForm) {
        form.add("PolicySourceArn", policySourceArn)
        form.list("ActionNames", item: "member", actionNames)
        form.list("ResourceArns", item: "member", resourceArns)
        form.list("ContextEntries", item: "member", contextEntries) { form, entry in
            form.add("ContextKeyName", entry.name)
            form.list("ContextKeyValues", item: "member", entry.values)
            form.add("ContextKeyType", "string")
        }
        form.add("MaxItems", maxItems)
        form.add("Marker", marker)
    }

    public struct Output: Sendable, Hashable {
        public var evaluationResults: [EvaluationResult] = []
        public var isTruncated: Bool?
        public var marker: String?

        public init() {}
    }

    public struct EvaluationResult: Sendable, Hashable {
        public var evalActionName = ""
        public var evalResourceName: String?
        /// `allowed`, `explicitDeny`, `implicitDeny`.
        public var evalDecision = ""
        /// Keys of conditions that were not given, so that the decision may be another one.
        public var missingContextValues: [String] = []

        public init() {}

        init(_ xml: XMLElement) throws(MalformedResponse) {
            evalActionName = try xml.requiredString("EvalActionName")
            evalResourceName = xml.string("EvalResourceName")
            evalDecision = try xml.requiredString("EvalDecision")
            missingContextValues = xml.strings("MissingContextValues", item: "member")
        }
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.evaluationResults = try result.list("EvaluationResults", item: "member", EvaluationResult.init)
        output.isTruncated = try result.bool("IsTruncated")
        output.marker = result.nonEmptyString("Marker")
        return output
    }

    public static func items(of page: Output) -> [EvaluationResult] { page.evaluationResults }
    public static func nextToken(of page: Output) -> String? { page.isTruncated == true ? page.marker : nil }
    public func resumed(at token: String) -> Self {
        var next = self
        next.marker = token
        return next
    }
}
