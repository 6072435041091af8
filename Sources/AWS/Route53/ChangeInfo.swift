/// How far a change has come.
public struct ChangeInfo: Sendable, Hashable {
    /// Without the `/change/` that it comes with.
    public var id: String = ""
    /// `PENDING`, then `INSYNC` when all authoritative servers have it, usually within 60 s.
    public var status = ""
    public var submittedAt: WallTime?
    public var comment: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        id = Route53ID.bare(try xml.requiredString("Id"))
        status = try xml.requiredString("Status")
        submittedAt = try xml.time("SubmittedAt")
        comment = xml.string("Comment")
    }
}
