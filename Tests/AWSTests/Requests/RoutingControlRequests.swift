@testable import AWS

/// The inputs of `Vectors/more_inputs.py` for RoutingControl, under the same names.
enum RoutingControlRequests {
    private static let panel =
        "arn:aws:route53-recovery-control::123456789012:controlpanel/0123456789abcdef0123456789abcdef"
    private static let control = panel + "/routingcontrol/0123456789abcdef"
    private static let rule = panel + "/safetyrule/0123456789abcdef"

    static let operations: [String: any Operation] = [
        "GetRoutingControlState in full": GetRoutingControlState(routingControlArn: control),
        "ListRoutingControls in full": ListRoutingControls(
            controlPanelArn: panel,
            nextToken: "NextToken & é", maxResults: 100),
        "ListRoutingControls in brief": ListRoutingControls(),
        "UpdateRoutingControlState in full": UpdateRoutingControlState(
            routingControlArn: control,
            routingControlState: "Off",
            safetyRulesToOverride: [rule]),
        "UpdateRoutingControlState in brief": UpdateRoutingControlState(
            routingControlArn: control,
            routingControlState: "Off"),
        "UpdateRoutingControlStates in full": UpdateRoutingControlStates(
            updateRoutingControlStateEntries: [
                RoutingControlChange(
                    routingControlArn: control,
                    routingControlState: "Off")
            ],
            safetyRulesToOverride: [rule]),
        "UpdateRoutingControlStates in brief": UpdateRoutingControlStates(updateRoutingControlStateEntries: [
            RoutingControlChange(
                routingControlArn: control,
                routingControlState: "Off")
        ]),
    ]
}
