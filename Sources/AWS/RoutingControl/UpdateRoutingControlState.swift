/// Sets one switch. Any of the cluster's five endpoints may be asked: see `RoutingControlCluster`.
public struct UpdateRoutingControlState: RoutingControlOperation {
    public static let name = "UpdateRoutingControlState"
    public var kind: OperationKind { .repeatableMutation }

    public var routingControlArn: String
    /// `On` or `Off`.
    public var routingControlState: String
    /// ARNs of safety rules that are passed over for this once: what keeps a person from switching
    /// everything off.
    public var safetyRulesToOverride: [String]

    public init(routingControlArn: String, routingControlState: String, safetyRulesToOverride: [String] = [])
    {
        self.routingControlArn = routingControlArn
        self.routingControlState = routingControlState
        self.safetyRulesToOverride = safetyRulesToOverride
    }

    public func encode(into json: inout JSONMembers) {
        json.add("RoutingControlArn", routingControlArn)
        json.add("RoutingControlState", routingControlState)
        json.list("SafetyRulesToOverride", safetyRulesToOverride)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output { Output() }
}
