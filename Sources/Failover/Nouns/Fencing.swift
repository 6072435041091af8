/// How the old writer is kept from accepting writes. AWS fences nothing when a replica is promoted or a
/// secondary detached, so without this two databases accept writes until the old Region is dealt with.
public struct Fencing: Sendable, Hashable, Codable {
    public var method: Method
    /// When true the plan stops before promotion until the fence is confirmed. It then cannot complete while
    /// the old Region does not answer: choose it where split brain is worse than an outage.
    public var required: Bool

    public enum Method: Sendable, Hashable, Codable {
        /// Nothing is done and the risk is accepted in writing: every report says "not fenced".
        case none
        /// Replace the writer's security groups by these, which allow no ingress.
        case quarantine(securityGroups: [String])
        /// Revoke every ingress rule of these security groups.
        case revokeIngress(securityGroups: [String])
    }

    public init(method: Method, required: Bool = false) {
        self.method = method
        self.required = required
    }
}
