import Failover

/// A timeline's workloads as drctl would be configured for them, and who watches each database.
struct Cast: Sendable {
    struct Member: Sendable {
        var workload: Workload
        var role: IncidentWorkload
        var onlookers: [Onlooker]
    }

    /// The most that may be lost without a person's word, unless a timeline says otherwise: the example in
    /// `config.yaml`.
    static let maximumDataLoss = Duration.seconds(300)

    let members: [Member]

    init(_ incident: Incident, mode: Policy.Mode = .automatic) {
        members = incident.workloads.map { role in
            let workload = Self.workload(role, incident.policy, mode)
            let onlookers = workload.databases.map { database in
                Onlooker(
                    workload: workload, database: database,
                    history: DatabaseCourse(incident, workload: role, database: database.id.rawValue),
                    probes: role.probe)
            }
            return Member(workload: workload, role: role, onlookers: onlookers)
        }
    }

    private static func workload(
        _ role: IncidentWorkload, _ departures: IncidentPolicy, _ mode: Policy.Mode
    ) -> Workload {
        let policy = policy(role, departures, mode)
        let databases = role.databases.map { name in
            Database(
                id: DatabaseID(name),
                kind: role.engine == .rds
                    ? .rdsReplica : .auroraGlobal(globalCluster: "\(role.name)-\(name)", method: .detach),
                primary: site(role, name, role.primary), standby: site(role, name, role.standby),
                fencing: Fencing(method: .quarantine(securityGroups: ["sg-0bbbbbbb"])),
                healthCheckID: policy.witnesses.contains(.route53) ? "\(role.name)-\(name)" : nil)
        }
        let topics = [role.standby, role.primary].map { region in
            Topic(region: region, arn: "arn:aws:sns:\(region):111122223333:dr")
        }
        return Workload(
            id: WorkloadID(role.name), databases: databases, policy: policy,
            traffic: [lever(role, databases[0].id)], topics: topics,
            priority: role.priority)
    }

    private static func site(_ role: IncidentWorkload, _ name: String, _ region: Region) -> Site {
        let identifier = "\(role.name)-\(name)-\(region)"
        return Site(
            region: region, identifier: identifier,
            endpoint: Endpoint(host: "\(identifier).example", port: 5432))
    }

    /// Records are changed in us-east-1: what runs there is moved by a health check.
    private static func lever(_ role: IncidentWorkload, _ database: DatabaseID) -> TrafficLever {
        let name = "\(role.name).db.example"
        guard role.primary == Places.metricsHome else {
            return .route53Record(RecordLever(database: database, zoneID: "Z0INCIDENT", name: name))
        }
        return .route53HealthCheck(
            HealthCheckLever(
                database: database, name: name, healthCheckID: "lever-\(role.name)", region: role.standby,
                namespace: "drctl", metric: "Failover", dimensions: ["workload": role.name]))
    }

    /// The defaults of `config.yaml`, with `mode: automatic` and its example's witnesses and quorum.
    private static func policy(
        _ role: IncidentWorkload, _ departures: IncidentPolicy, _ mode: Policy.Mode
    ) -> Policy {
        // The metrics of Route 53's health checks die with us-east-1; config.yaml refuses them there.
        let usual = Set(WitnessKind.allCases).subtracting(
            role.primary == Places.metricsHome ? [.route53] : [])
        let witnesses = departures.witnesses ?? usual
        func span(_ key: String, _ usual: Duration) -> Duration { departures.spans[key] ?? usual }
        let window = span("confirmation_window", .seconds(60))
        return Policy(
            mode: mode, witnesses: witnesses, quorum: departures.quorum ?? min(3, witnesses.count),
            confirmationWindow: window, clearanceWindow: span("clearance_window", window),
            maximumDataLoss: span("maximum_data_loss", maximumDataLoss),
            cooldown: span("cooldown", .seconds(3600)),
            freshness: span("freshness", departures.pollInterval * 3),
            metricFreshness: span("metric_freshness", .seconds(300)),
            stallAfter: span("stall_after", .seconds(role.engine == .rds ? 330 : 60)),
            providerRecoveryLimit: span("provider_recovery_limit", .seconds(300)),
            timeouts: Policy.Timeouts(),
            maintenance: departures.maintenance.map(MaintenanceWindow.init))
    }
}

extension MaintenanceWindow {
    /// On the one day on which a timeline has it.
    fileprivate init(_ window: IncidentPolicy.Window) {
        let minutes = Timestamp.incident(window.at).milliseconds / 60_000
        // 1970-01-01 was a Thursday.
        let weekday = Weekday.allCases[Int((minutes / 1440 + 3) % 7)]
        self.init(days: [weekday], startMinute: Int(minutes % 1440), duration: window.length)
    }
}
