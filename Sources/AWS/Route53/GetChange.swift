/// How far a change has come.
public struct GetChange: Route53Operation {
    public static let name = "GetChange"
    public var kind: OperationKind { .read }

    /// With or without `/change/` in front.
    public var id: String

    public init(id: String) {
        self.id = id
    }

    public var path: String { "/change/\(Route53ID.segment(id))" }

    public typealias Output = ChangeInfo

    public static func decode(_ root: XMLElement) throws(MalformedResponse) -> ChangeInfo {
        try ChangeInfo(root.required("ChangeInfo"))
    }
}
