import Failover

/// One machine that runs a controller.
public struct HostID: Name {
    public let rawValue: String
    public init(rawValue: String) { self.rawValue = rawValue }
}

/// A database instance or cluster in the estate, by the name that the RDS API knows it by in its Region.
public struct SiteName: Sendable, Hashable, Comparable, CustomStringConvertible {
    public var region: Region
    public var identifier: String

    public init(region: Region, identifier: String) {
        self.region = region
        self.identifier = identifier
    }

    public init(_ site: Site) { self.init(region: site.region, identifier: site.identifier) }

    public var description: String { "\(region)/\(identifier)" }

    public static func < (left: Self, right: Self) -> Bool {
        (left.region, left.identifier) < (right.region, right.identifier)
    }
}
