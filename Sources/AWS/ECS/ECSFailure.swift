/// Why something was not described.
public struct ECSFailure: Sendable, Hashable {
    public var arn: String?
    /// `MISSING`, …
    public var reason: String?
    public var detail: String?

    public init() {}

    init(_ json: JSONValue) throws(MalformedResponse) {
        arn = try json.text("arn")
        reason = try json.text("reason")
        detail = try json.text("detail")
    }
}
