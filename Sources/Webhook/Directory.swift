import Failover

/// Which workloads a message concerns: all of it from the configuration.
public struct Directory: Sendable, Equatable {
    /// The topics that are allowed, each with the workloads that are meant by a message of which nothing else
    /// says whom it concerns; empty for none.
    public var topics: [String: [WorkloadID]] = [:]
    /// By name or ARN.
    public var alarms: [String: [WorkloadID]] = [:]
    private var resources: [Report.Resource: [WorkloadID]] = [:]
    private(set) var workloads: Set<WorkloadID> = []

    /// Knows the databases of the workloads, on both sides, and their health checks.
    public init(workloads: [Workload]) {
        self.workloads = Set(workloads.map(\.id))
        for workload in workloads {
            for database in workload.databases {
                for site in [database.primary, database.standby] {
                    add(workload.id, Report.Resource(.database, in: site.region, site.identifier))
                }
                if let check = database.healthCheckID {
                    add(workload.id, Report.Resource(.healthCheck, in: nil, check))
                }
            }
        }
    }

    /// Another name of theirs: an Aurora cluster's instance, say.
    public mutating func add(database identifier: String, in region: Region, for workloads: [WorkloadID]) {
        for workload in workloads { add(workload, Report.Resource(.database, in: region, identifier)) }
    }

    private mutating func add(_ workload: WorkloadID, _ resource: Report.Resource) {
        resources[resource, default: []].append(workload)
    }

    func allows(_ topic: TopicARN) -> Bool { topics[topic.text] != nil }

    /// In order of their names, each once. What is named explicitly stands before what follows from the
    /// databases, and that before what the topic stands for.
    func concerned(by report: Report?, from topic: TopicARN) -> [WorkloadID] {
        guard let report else { return sorted(topics[topic.text] ?? []) }
        var found: [WorkloadID] = []
        if case .alarm(let name, let arn, _, let members) = report.matter {
            for key in [name, arn].compactMap(\.self) + members { found += alarms[key] ?? [] }
            for member in members {
                guard let name = member.split(separator: ":", maxSplits: 6).last else { continue }
                found += alarms[String(name)] ?? []
            }
        }
        if found.isEmpty { found = report.resources.flatMap { resources[$0] ?? [] } }
        if found.isEmpty { found = topics[topic.text] ?? [] }
        return sorted(found)
    }

    private func sorted(_ found: [WorkloadID]) -> [WorkloadID] {
        Set(found).sorted { $0.rawValue < $1.rawValue }
    }
}
