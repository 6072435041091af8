/// A copy of a secret in another Region.
public struct SecretReplica: Sendable, Hashable {
    public var region: String?
    public var kmsKeyId: String?
    /// `InSync`, `InProgress` or `Failed`.
    public var status: String?
    public var statusMessage: String?
    public var lastAccessedDate: WallTime?

    public init() {}

    init(_ json: JSONValue) throws(MalformedResponse) {
        region = try json.text("Region")
        kmsKeyId = try json.text("KmsKeyId")
        status = try json.text("Status")
        statusMessage = try json.text("StatusMessage")
        lastAccessedDate = try json.time("LastAccessedDate")
    }
}
