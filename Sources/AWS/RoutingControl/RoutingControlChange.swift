/// How one switch shall stand.
public struct RoutingControlChange: Sendable, Hashable {
    public var routingControlArn: String
    /// `On` or `Off`.
    public var routingControlState: String

    public init(routingControlArn: String, routingControlState: String) {
        self.routingControlArn = routingControlArn
        self.routingControlState = routingControlState
    }

    func encode(into json: inout JSONMembers) {
        json.add("RoutingControlArn", routingControlArn)
        json.add("RoutingControlState", routingControlState)
    }
}
