/// A checker's last result.
public struct HealthCheckStatusReport: Sendable, Hashable {
    /// Prose that begins with `Success:` or `Failure:`.
    public var status: String?
    public var checkedTime: WallTime?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        status = xml.string("Status")
        checkedTime = try xml.time("CheckedTime")
    }

    /// True and false by the word the prose begins with; nil for any other word.
    public var isSuccess: Bool? {
        guard let status else { return nil }
        if status.hasPrefix("Success:") { return true }
        return status.hasPrefix("Failure:") ? false : nil
    }
}
