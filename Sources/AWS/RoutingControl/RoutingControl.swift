/// A switch, and how it stands.
public struct RoutingControl: Sendable, Hashable {
    public var routingControlArn: String?
    public var routingControlName: String?
    /// `On` or `Off`.
    public var routingControlState: String?
    public var controlPanelArn: String?
    public var controlPanelName: String?
    public var owner: String?

    public init() {}

    init(_ json: JSONValue) throws(MalformedResponse) {
        routingControlArn = try json.text("RoutingControlArn")
        routingControlName = try json.text("RoutingControlName")
        routingControlState = try json.text("RoutingControlState")
        controlPanelArn = try json.text("ControlPanelArn")
        controlPanelName = try json.text("ControlPanelName")
        owner = try json.text("Owner")
    }
}
