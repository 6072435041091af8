/// What fails over together: one or more databases, their traffic, and the people to tell.
public struct Workload: Sendable, Equatable {
    public var id: WorkloadID
    /// At least one. Every one of them must have failed before the workload fails over by itself: promoting
    /// the replica of a live database beside a dead one would make two writers.
    public var databases: [Database]
    public var policy: Policy
    public var traffic: [TrafficLever]
    public var topics: [Topic]
    /// Who comes first when many fail at once: 0...100, higher first; among equals the one listed first.
    public var priority: Int

    public init(
        id: WorkloadID, databases: [Database], policy: Policy, traffic: [TrafficLever], topics: [Topic],
        priority: Int = 50
    ) {
        self.id = id
        self.databases = databases
        self.policy = policy
        self.traffic = traffic
        self.topics = topics
        self.priority = priority
    }

    /// The Region that the workload runs in while nothing has happened.
    public var primaryRegion: Region { databases[0].primary.region }
    /// The Region that it fails over to.
    public var standbyRegion: Region { databases[0].standby.region }

    public func database(_ id: DatabaseID) -> Database? { databases.first { $0.id == id } }
}

/// An SNS topic. One per Region, so that one outlives the Region that fails.
public struct Topic: Sendable, Hashable, Codable {
    public var region: Region
    public var arn: String

    public init(region: Region, arn: String) {
        self.region = region
        self.arn = arn
    }
}
