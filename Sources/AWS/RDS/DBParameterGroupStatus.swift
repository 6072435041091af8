/// A parameter group of an instance.
public struct DBParameterGroupStatus: Sendable, Hashable {
    public var dbParameterGroupName: String?
    /// `in-sync`, `pending-reboot`, `applying`.
    public var parameterApplyStatus: String?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        dbParameterGroupName = xml.string("DBParameterGroupName")
        parameterApplyStatus = xml.string("ParameterApplyStatus")
    }
}
