/// One line of `StatusInfos`. For a replica, `statusType` is `read replication`.
public struct DBInstanceStatusInfo: Sendable, Hashable {
    public var statusType: String?
    /// False when something is wrong.
    public var normal: Bool?
    /// `replicating`, `replication degraded`, `replication stop point set`, `replication stop point reached`,
    /// `error`, `stopped`, `terminated`.
    public var status: String?
    public var message: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        statusType = xml.string("StatusType")
        normal = try xml.bool("Normal")
        status = xml.string("Status")
        message = xml.string("Message")
    }
}

/// One line of a cluster's `StatusInfos`; it has the same members.
public typealias DBClusterStatusInfo = DBInstanceStatusInfo
