/// From when to when a point in time can be restored.
public struct RestoreWindow: Sendable, Hashable {
    public var earliestTime: WallTime?
    public var latestTime: WallTime?

    public init() {}

    init(_ xml: XMLElement) throws(MalformedResponse) {
        earliestTime = try xml.time("EarliestTime")
        latestTime = try xml.time("LatestTime")
    }
}
