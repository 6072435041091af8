/// Groups and their instances.
public struct DescribeAutoScalingGroups: AutoScalingOperation, PaginatedOperation {
    public static let name = "DescribeAutoScalingGroups"
    public var kind: OperationKind { .read }

    /// Empty for all; an unknown one is left out.
    public var autoScalingGroupNames: [String]
    /// A page, up to 100. Nil for AWS's 50.
    public var maxRecords: Int?
    public var nextToken: String?

    public init(autoScalingGroupNames: [String] = [], maxRecords: Int? = nil, nextToken: String? = nil) {
        self.autoScalingGroupNames = autoScalingGroupNames
        self.maxRecords = maxRecords
        self.nextToken = nextToken
    }

    public func encode(into form: inout QueryForm) {
        form.list("AutoScalingGroupNames", item: "member", autoScalingGroupNames)
        form.add("MaxRecords", maxRecords)
        form.add("NextToken", nextToken)
    }

    public struct Output: Sendable, Hashable {
        public var autoScalingGroups: [AutoScalingGroup] = []
        public var nextToken: String?

        public init() {}
    }

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.autoScalingGroups = try result.list("AutoScalingGroups", item: "member", AutoScalingGroup.init)
        output.nextToken = result.nonEmptyString("NextToken")
        return output
    }

    public static func items(of page: Output) -> [AutoScalingGroup] { page.autoScalingGroups }
    public static func nextToken(of page: Output) -> String? { page.nextToken }
    public func resumed(at token: String) -> Self {
        var next = self
        next.nextToken = token
        return next
    }
}
