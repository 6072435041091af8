/// A switchover or failover of a global cluster that is going on.
public struct GlobalFailoverState: Sendable, Hashable {
    /// `pending`, `failing-over`, `cancelling`; `switching-over` is in the documentation only.
    public var status: String?
    public var fromDbClusterArn: String?
    public var toDbClusterArn: String?
    public var isDataLossAllowed: Bool?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        status = xml.string("Status")
        fromDbClusterArn = xml.string("FromDbClusterArn")
        toDbClusterArn = xml.string("ToDbClusterArn")
        isDataLossAllowed = try xml.bool("IsDataLossAllowed")
    }
}
