/// Sets several switches, all of them or none. Any of the cluster's five endpoints may be asked: see
/// `RoutingControlCluster`.
public struct UpdateRoutingControlStates: RoutingControlOperation {
    public static let name = "UpdateRoutingControlStates"
    public var kind: OperationKind { .repeatableMutation }

    public var updateRoutingControlStateEntries: [RoutingControlChange]
    /// ARNs of safety rules that are passed over for this once: what keeps a person from switching
    /// everything off.
    public var safetyRulesToOverride: [String]

    public init(
        updateRoutingControlStateEntries: [RoutingControlChange], safetyRulesToOverride: [String] = []
    ) {
        self.updateRoutingControlStateEntries = updateRoutingControlStateEntries
        self.safetyRulesToOverride = safetyRulesToOverride
    }

    public func encode(into json: inout JSONMembers) {
        json.list("UpdateRoutingControlStateEntries", updateRoutingControlStateEntries) {
            $1.encode(into: &$0)
        }
        json.list("SafetyRulesToOverride", safetyRulesToOverride)
    }

    public struct Output: Sendable, Hashable {}

    public static func decode(_ document: JSONValue) throws(MalformedResponse) -> Output { Output() }
}
