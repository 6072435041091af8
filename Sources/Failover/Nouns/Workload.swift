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
    /// What serves the clients, in either Region. Only what is in the standby Region grows in a failover; the
    /// rest is for the way back, when the Regions have changed their roles.
    public var capacity: [Capacity]

    public init(
        id: WorkloadID, databases: [Database], policy: Policy, traffic: [TrafficLever], topics: [Topic],
        priority: Int = 50, capacity: [Capacity] = []
    ) {
        self.id = id
        self.databases = databases
        self.policy = policy
        self.traffic = traffic
        self.topics = topics
        self.priority = priority
        self.capacity = capacity
    }

    /// The Region that the workload runs in while nothing has happened.
    public var primaryRegion: Region { databases[0].primary.region }
    /// The Region that it fails over to.
    public var standbyRegion: Region { databases[0].standby.region }

    /// What a failover must make larger.
    public var standbyCapacity: [Capacity] { capacity.filter { $0.region == standbyRegion } }

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
