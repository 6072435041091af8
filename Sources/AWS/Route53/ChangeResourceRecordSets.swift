/// Changes record sets of one zone, all or none.
public struct ChangeResourceRecordSets: Route53Operation {
    public static let name = "ChangeResourceRecordSets"
    /// `UPSERT` writes an absolute state. A second `CREATE` or `DELETE` is refused, which would hide the
    /// first one's success.
    public var kind: OperationKind {
        changes.allSatisfy { $0.action == .upsert } ? .repeatableMutation : .mutation
    }

    /// With or without `/hostedzone/` in front.
    public var hostedZoneId: String
    /// Up to 1,000 records in all; an `UPSERT` counts twice.
    public var changes: [RecordChange]
    public var comment: String?

    public init(hostedZoneId: String, changes: [RecordChange], comment: String? = nil) {
        self.hostedZoneId = hostedZoneId
        self.changes = changes
        self.comment = comment
    }

    public static var method: String { "POST" }
    public var path: String { "/hostedzone/\(Route53ID.segment(hostedZoneId))/rrset/" }

    public var body: XMLWriter? {
        XMLWriter(root: "ChangeResourceRecordSetsRequest", namespace: Route53ID.namespace) { root in
            root.structure("ChangeBatch") { batch in
                batch.add("Comment", comment)
                batch.list("Changes", item: "Change", changes) { $1.encode(into: &$0) }
            }
        }
    }

    public typealias Output = ChangeInfo

    public static func decode(_ root: XMLElement) throws(MalformedResponse) -> ChangeInfo {
        try ChangeInfo(root.required("ChangeInfo"))
    }
}
