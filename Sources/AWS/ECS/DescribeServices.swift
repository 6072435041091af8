/// Services by name. One that does not exist is a failure in a good answer.
public struct DescribeServices: ECSOperation {
    public static let name = "DescribeServices"
    public var kind: OperationKind { .read }

    /// 1 to 10 names or ARNs.
    public var services: [String]
    /// Nil for `default`.
    public var cluster: String?

    public init(services: [String], cluster: String? = nil) {
        self.services = services
        self.cluster = cluster
    }

    public func encode(into json: inout JSONMembers) {
        json.list("services", services)
        json.add("cluster", cluster)
    }

    public struct Output: Sendable, Hashable {
        public var services: [ECSService] = []
        public var failures: [ECSFailure] = []

        public init() {}
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var output = Output()
        output.services = try document.list("services", ECSService.init)
        output.failures = try document.list("failures", ECSFailure.init)
        return output
    }
}
