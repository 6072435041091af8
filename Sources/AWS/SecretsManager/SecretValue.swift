/// A version of a secret. Neither its description nor its mirror shows the value.
public struct SecretValue: Sendable, Equatable {
    public var arn: String?
    public var name: String?
    public var versionId: String?
    /// Nil for a secret that is binary.
    public var secretString: String?
    /// Base64, as it came. Nil for a secret that is text.
    public var secretBinary: String?
    public var versionStages: [String] = []
    public var createdDate: WallTime?

    init(_ json: JSONValue) throws(MalformedResponse) {
        arn = try json.text("ARN")
        name = try json.text("Name")
        versionId = try json.text("VersionId")
        secretString = try json.text("SecretString")
        secretBinary = try json.text("SecretBinary")
        versionStages = try json.strings("VersionStages")
        createdDate = try json.time("CreatedDate")
    }
}

extension SecretValue: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "\(name ?? "a secret"), version \(versionId ?? "unknown")" }
    public var debugDescription: String { description }
    public var customMirror: Mirror {
        Mirror(self, children: ["name": name as Any, "versionId": versionId as Any], displayStyle: .struct)
    }
}
