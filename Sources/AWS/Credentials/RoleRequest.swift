/// A role to assume.
public struct RoleRequest: Sendable, Equatable {
    public var roleARN: String
    /// 2 to 64 of `[\w+=,.@-]`; it shows up in CloudTrail. Nil for one that names this program.
    public var sessionName: String?
    public var externalID: String?
    /// 900 to the role's maximum; a role assumed from a role gets at most 3600. Nil for AWS's 3600.
    public var durationSeconds: Int?
    /// What to call it in errors.
    public var source: String

    public init(
        roleARN: String, sessionName: String? = nil, externalID: String? = nil, durationSeconds: Int? = nil,
        source: String? = nil
    ) {
        self.roleARN = roleARN
        self.sessionName = sessionName
        self.externalID = externalID
        self.durationSeconds = durationSeconds
        self.source = source ?? "role \(roleARN)"
    }
}
