/// A cluster that belongs to a global one.
public struct GlobalClusterMember: Sendable, Hashable {
    public var dbClusterArn = ""
    public var isWriter = false
    /// On the writer: the ARNs of the secondaries.
    public var readers: [String] = []
    public var globalWriteForwardingStatus: String?
    /// `connected`, `pending-resync`.
    public var synchronizationStatus: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        dbClusterArn = try xml.requiredString("DBClusterArn")
        isWriter = try xml.requiredBool("IsWriter")
        readers = xml.strings("Readers", item: "member")
        globalWriteForwardingStatus = xml.string("GlobalWriteForwardingStatus")
        synchronizationStatus = xml.string("SynchronizationStatus")
    }
}
