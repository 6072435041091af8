/// One profile of the shared files: what `~/.aws/credentials` says over what `~/.aws/config` says.
public struct Profile: Sendable, Equatable {
    public let name: String
    public let values: [String: String]
    /// From the `[services …]` section that the profile names, by service id (`rds`, `route_53`).
    public let serviceEndpoints: [String: String]

    public init(name: String, values: [String: String], serviceEndpoints: [String: String] = [:]) {
        self.name = name
        self.values = values
        self.serviceEndpoints = serviceEndpoints
    }

    /// The value of a key, with an empty one counted as absent.
    func value(_ key: String) -> String? {
        values[key].flatMap { $0.isEmpty ? nil : $0 }
    }

    /// A role to assume from another profile or source. With a token file it is a web identity instead.
    var isRole: Bool { values["role_arn"] != nil && values["web_identity_token_file"] == nil }

    var hasKeys: Bool { values["aws_access_key_id"] != nil || values["aws_secret_access_key"] != nil }
}
