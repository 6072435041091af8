/// How one switch stands. Any of the cluster's five endpoints may be asked: see `RoutingControlCluster`.
public struct GetRoutingControlState: RoutingControlOperation {
    public static let name = "GetRoutingControlState"
    public var kind: OperationKind { .read }

    public var routingControlArn: String

    public init(routingControlArn: String) {
        self.routingControlArn = routingControlArn
    }

    public func encode(into json: inout JSONMembers) {
        json.add("RoutingControlArn", routingControlArn)
    }

    public struct Output: Sendable, Hashable {
        public var routingControlArn: String?
        public var routingControlState: String?
        public var routingControlName: String?

        public init() {}
    }

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output {
        var output = Output()
        output.routingControlArn = try document.text("RoutingControlArn")
        output.routingControlState = try document.text("RoutingControlState")
        output.routingControlName = try document.text("RoutingControlName")
        return output
    }
}
