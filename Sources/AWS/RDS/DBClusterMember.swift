/// An instance of a cluster.
public struct DBClusterMember: Sendable, Hashable {
    public var dbInstanceIdentifier = ""
    public var isClusterWriter = false
    public var dbClusterParameterGroupStatus: String?
    /// 0 is promoted first, 15 last.
    public var promotionTier: Int?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        dbInstanceIdentifier = try xml.requiredString("DBInstanceIdentifier")
        isClusterWriter = try xml.requiredBool("IsClusterWriter")
        dbClusterParameterGroupStatus = xml.string("DBClusterParameterGroupStatus")
        promotionTier = try xml.int("PromotionTier")
    }
}
