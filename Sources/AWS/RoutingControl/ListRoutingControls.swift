/// All switches of a control panel, or of all. Any of the cluster's five endpoints may be asked: see
/// `RoutingControlCluster`.
public struct ListRoutingControls: RoutingControlOperation, PaginatedOperation {
    public static let name = "ListRoutingControls"
    public var kind: OperationKind { .read }

    public var controlPanelArn: String?
    public var nextToken: String?
    /// A page. Nil for AWS's own.
    public var maxResults: Int?

    public init(controlPanelArn: String? = nil, nextToken: String? = nil, maxResults: Int? = nil) {
        self.controlPanelArn = controlPanelArn
        self.nextToken = nextToken
        self.maxResults = maxResults
    }

    public func encode(into json: inout JSONMembers) {
        json.add("ControlPanelArn", controlPanelArn)
        json.add("NextToken", nextToken)
        json.add("MaxResults", maxResults)
    }

    public struct Output: Sendable, Hashable {
        public var routingControls: [RoutingControl] = []
        public var nextToken: String?

        public init() {}
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var output = Output()
        output.routingControls = try document.list("RoutingControls", RoutingControl.init)
        output.nextToken = try document.text("NextToken")
        return output
    }

    public static func items(of page: Output) -> [RoutingControl] { page.routingControls }
    public static func nextToken(of page: Output) -> String? { page.nextToken }
    public func resumed(at token: String) -> Self {
        var next = self
        next.nextToken = token
        return next
    }
}
