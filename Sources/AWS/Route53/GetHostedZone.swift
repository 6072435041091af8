/// A hosted zone with its name servers.
public struct GetHostedZone: Route53Operation {
    public static let name = "GetHostedZone"
    public var kind: OperationKind { .read }

    /// With or without `/hostedzone/` in front.
    public var id: String

    public init(id: String) {
        self.id = id
    }

    public var path: String { "/hostedzone/\(Route53ID.segment(id))" }

    public struct Output: Sendable, Hashable {
        public var hostedZone = HostedZone()
        /// Empty for a private zone.
        public var nameServers: [String] = []

        public init() {}
    }

    public static func decode(_ root: XMLElement) throws(MalformedResponse) -> Output {
        var output = Output()
        output.hostedZone = try HostedZone(root.required("HostedZone"))
        output.nameServers = root.child("DelegationSet")?.strings("NameServers", item: "NameServer") ?? []
        return output
    }
}
