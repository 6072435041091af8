/// Restarts an instance, which drops every connection.
public struct RebootDBInstance: RDSOperation {
    public static let name = "RebootDBInstance"
    public var kind: OperationKind { .mutation }

    /// Its name in the Region that is asked; not an ARN.
    public var dbInstanceIdentifier: String
    /// Only with Multi-AZ: to the standby in the other zone.
    public var forceFailover: Bool?

    public init(dbInstanceIdentifier: String, forceFailover: Bool? = nil) {
        self.dbInstanceIdentifier = dbInstanceIdentifier
        self.forceFailover = forceFailover
    }

    public func encode(into form: inout QueryForm) {
        form.add("DBInstanceIdentifier", dbInstanceIdentifier)
        form.add("ForceFailover", forceFailover)
    }

    public typealias Output = DBInstance

    public static func decode(_ result: XMLElement) throws(MalformedResponse) -> DBInstance {
        try DBInstance(result.required("DBInstance"))
    }
}
