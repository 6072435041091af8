import Controller
import Failover
import Journal

extension Layout {
    /// A layout that the configuration's own checks would take.
    static func drawn(from seed: Seed) -> Layout {
        var chance = seed.stream("layout")
        let primary = chance.one(of: ["eu-west-1", "ap-southeast-2", "us-west-2", "us-east-1"] as [Region])
        let standby = chance.one(of: (["eu-central-1", "us-east-2"] as [Region]))
        let third: Region = "sa-east-1"
        // Large fleets are dear to simulate and tell little more than small ones.
        let count = chance.one(of: [1, 1, 1, 1, 2, 2, 2, 3, 4, 6])
        let round = chance.one(of: [.seconds(10), .seconds(15), .seconds(20), .seconds(20)] as [Duration])
        let hosts = chance.one(of: [1, 1, 1, 1, 1, 2, 2, 3])
        let workloads = (1...count).map { number in
            workload(number, primary, standby, round, &chance)
        }
        var layout = Layout(
            workloads: workloads,
            hosts: (1...hosts).map { number in
                HostPlan(
                    id: HostID("h\(number)"), region: number == 1 ? chance.one(of: [standby, third]) : third,
                    driftPPM: Int64(chance.number(-400...400)),
                    wallOffset: .milliseconds(chance.number(-800...800)))
            },
            maxConcurrentFailovers: chance.number(1...3),
            pace: Pace(
                round: round, closer: round / 2,
                tick: chance.one(of: [.seconds(2), .seconds(5), .seconds(5)])),
            pollEvery: .seconds(chance.number(5...15)),
            journal: hosts == 1 && chance.happens(0.04) ? .sqlite : .memory,
            leaseTerms: hosts > 1
                ? LeaseTerms(ttl: chance.one(of: [.seconds(15), .seconds(30), .seconds(60)])) : nil,
            tableRegion: chance.one(of: [standby, third]),
            commitsPerSecond: chance.number(1...50),
            dnsTTL: chance.one(of: [.seconds(5), .seconds(30), .seconds(60)]),
            troubledFor: chance.duration(.seconds(400)...(.seconds(1200))))
        layout.suit(.drawn(from: seed), seed)
        layout.drawPrecautions(seed)
        return layout
    }

    private static func workload(
        _ number: Int, _ primary: Region, _ standby: Region, _ round: Duration, _ chance: inout Chance
    ) -> Workload {
        let name = "w\(number)"
        let databases = (1...(chance.happens(0.2) ? 2 : 1)).map { index in
            database("\(name)-\(index == 1 ? "orders" : "ledger")", primary, standby, &chance)
        }
        return Workload(
            id: WorkloadID(name), databases: databases,
            policy: policy(databases, primary, round, &chance),
            traffic: databases.map { lever(of: $0, primary, standby, &chance) },
            topics: [standby, primary].map {
                Topic(region: $0, arn: "arn:aws:sns:\($0):123456789012:\(name)")
            }, priority: chance.one(of: [50, 50, 10, 90]))
    }

    private static func database(
        _ name: String, _ primary: Region, _ standby: Region, _ chance: inout Chance
    ) -> Database {
        let kind: Database.Kind =
            chance.happens(0.6)
            ? .rdsReplica
            : .auroraGlobal(
                globalCluster: "\(name)-global", method: chance.one(of: [.detach, .managedFailover]))
        let method = chance.one(
            of: [
                .quarantine(securityGroups: ["sg-closed-\(name)"]),
                .revokeIngress(securityGroups: ["sg-\(name)-primary"]),
                .revokeIngress(securityGroups: ["sg-\(name)-primary"]), .none,
            ] as [Fencing.Method])
        func site(_ region: Region, _ side: Side) -> Site {
            let identifier = "\(name)-\(side == .primary ? "a" : "b")"
            return Site(
                region: region, identifier: identifier,
                endpoint: Endpoint(host: "\(identifier).c0ffee.\(region).rds.amazonaws.com", port: 5432))
        }
        return Database(
            id: DatabaseID(name), kind: kind, primary: site(primary, .primary),
            standby: site(standby, .standby),
            fencing: Fencing(method: method, required: method != .none && chance.happens(0.1)),
            healthCheckID: "hc-\(name)",
            sql: chance.happens(0.3)
                ? SQLAccess(
                    database: "app", user: "drctl", passwordFile: "/etc/drctl/password", tls: .require)
                : nil)
    }

    private static func lever(
        of database: Database, _ primary: Region, _ standby: Region, _ chance: inout Chance
    ) -> TrafficLever {
        let name = "\(database.id).db.example.com"
        // A record's change needs us-east-1: not a lever for what runs there.
        if primary != .global, chance.happens(0.6) {
            return .route53Record(RecordLever(database: database.id, zoneID: "Z0EXAMPLE", name: name))
        }
        return .route53HealthCheck(
            HealthCheckLever(
                database: database.id, name: name, healthCheckID: "hc-lever-\(database.id)", region: standby,
                namespace: "drctl", metric: "failed-over", dimensions: ["database": database.id.rawValue]))
    }

    private static func policy(
        _ databases: [Database], _ primary: Region, _ round: Duration, _ chance: inout Chance
    ) -> Policy {
        var witnesses: Set<WitnessKind> = chance.one(
            of: [
                [.route53, .controlPlane, .replication, .probe], [.route53, .replication, .probe],
                [.route53, .controlPlane, .probe], [.replication, .probe, .controlPlane],
            ])
        // Route 53's metrics die with their Region.
        if primary == .global { witnesses = [.replication, .probe, .controlPlane] }
        let window = max(round * 2, chance.one(of: [.seconds(30), .seconds(60), .seconds(120)]))
        let isAurora = databases.allSatisfy { $0.kind != .rdsReplica }
        return Policy(
            mode: chance.one(of: [.automatic, .automatic, .automatic, .automatic, .approval, .observe]),
            witnesses: witnesses, quorum: min(witnesses.count, chance.one(of: [2, 2, 3])),
            confirmationWindow: window, clearanceWindow: window,
            maximumDataLoss: chance.one(of: [.seconds(60), .seconds(180), .seconds(300), .seconds(600)]),
            cooldown: chance.one(of: [.seconds(1800), .seconds(3600)]),
            freshness: round * chance.number(2...4), metricFreshness: .seconds(300),
            stallAfter: isAurora ? .seconds(60) : chance.one(of: [.seconds(90), .seconds(330)]),
            providerRecoveryLimit: chance.one(of: [.seconds(180), .seconds(300)]),
            timeouts: Policy.Timeouts())
    }
}
