import Failover
import Testing

@testable import Settings

@Suite("What is written arrives")
struct ArrivalTests {
    @Test("in the controller's settings")
    func controller() throws {
        let text = try Sample.edited(
            "  region: eu-west-1",
            """
              region: eu-north-1
              journal: /data/j.db
              socket: /data/s.sock
              poll_interval: 7s
              resolvers: ["10.0.0.2:53"]
              log_level: debug
              max_concurrent_failovers: 9
              settle_time: 45s
              recording: { path: /data/o.db, keep: 48h, limit_mib: 7 }
              fleet_brake: { percent: 30, within: 90s, at_least: 4 }
            """)
        let controller = try Configuration.parse(text, file: "config.yaml").controller
        #expect(
            controller
                == ControllerSettings(
                    region: "eu-north-1", journal: "/data/j.db", socket: "/data/s.sock",
                    pollInterval: .seconds(7), resolvers: ["10.0.0.2:53"], logLevel: .debug,
                    maxConcurrentFailovers: 9, settleTime: .seconds(45),
                    recording: RecordingSettings(
                        path: "/data/o.db", keep: .hours(48), limitMebibytes: 7),
                    fleetBrake: FleetBrake(share: 0.3, within: .seconds(90), atLeast: 4)))
    }

    @Test("in the recording's settings, which follow the journal where nothing is written")
    func recording() throws {
        let text = try Sample.edited("  region: eu-west-1", "  region: eu-north-1\n  journal: /data/j.db")
        let recording = try Configuration.parse(text, file: "config.yaml").controller.recording
        #expect(
            recording
                == RecordingSettings(path: "/data/j-observations.db", keep: .hours(840), limitMebibytes: 256))
    }

    @Test("in the lease's settings")
    func lease() throws {
        let alone = try Configuration.parse(Sample.text, file: "config.yaml").controller.lease
        #expect(alone == nil)
        let text = try Sample.edited(
            "  region: eu-west-1",
            "  region: eu-west-1\n  lease: { table: drs, region: eu-north-1, ttl: 20s, holder: a.1 }")
        let lease = try Configuration.parse(text, file: "config.yaml").controller.lease
        #expect(
            lease == LeaseSettings(table: "drs", region: "eu-north-1", ttl: .seconds(20), holder: "a.1"))
        let short = try Sample.edited(
            "  region: eu-west-1", "  region: eu-west-1\n  lease: { table: drctl, region: eu-west-1 }")
        let terms = try Configuration.parse(short, file: "config.yaml").controller.lease
        #expect(terms == LeaseSettings(table: "drctl", region: "eu-west-1", ttl: .seconds(15)))
    }

    @Test("in the AWS settings")
    func aws() throws {
        let text = try Sample.edited(
            "workloads:",
            """
            aws:
              endpoints: [{ service: sns, region: eu-west-1, url: "https://sns.test:8443/base" }]
              profile: night
              ca_bundle: /etc/ca.pem
              metric_period: 2m
              connect_timeout: 1500ms
              request_timeout: 9s
              max_attempts: 5
            workloads:
            """)
        let aws = try Configuration.parse(text, file: "config.yaml").aws
        let sns = EndpointOverride(service: "sns", region: "eu-west-1", url: "https://sns.test:8443/base")
        #expect(
            aws
                == AWSSettings(
                    endpoints: [sns], profile: "night", caBundle: "/etc/ca.pem", metricPeriod: 120,
                    connectTimeout: .milliseconds(1500), requestTimeout: .seconds(9), maxAttempts: 5))
    }

    @Test("in the policy")
    func policy() throws {
        let text = try Sample.edited(
            "      mode: approval\\n      witnesses: [route53, control-plane, replication, probe]\\n"
                + "      quorum: 3",
            """
                  mode: automatic
                  witnesses: [replication, probe]
                  quorum: 2
                  confirmation_window: 91s
                  clearance_window: 92s
                  cooldown: 93m
                  freshness: 34s
                  metric_freshness: 95s
                  stall_after: 396s
                  provider_recovery_limit: 97s
                  recovery_time: 16m
                  maintenance:
                    - { days: [sun, wed], start: "23:59", duration: 90m }
                    - { days: [mon], start: "00:00", duration: 24h }
                  timeouts: { recheck: 11s, fence: 12s, promotion: 13s, traffic: 14s, confirmation: 15s }
            """)
        let policy = try Configuration.parse(text, file: "config.yaml").workloads[0].policy
        let timeouts = Policy.Timeouts(
            recheck: .seconds(11), fence: .seconds(12), promotion: .seconds(13), traffic: .seconds(14),
            confirmation: .seconds(15))
        #expect(
            policy
                == Policy(
                    mode: .automatic, witnesses: [.replication, .probe], quorum: 2,
                    confirmationWindow: .seconds(91), clearanceWindow: .seconds(92),
                    maximumDataLoss: .seconds(300), cooldown: .seconds(93 * 60), freshness: .seconds(34),
                    metricFreshness: .seconds(95), stallAfter: .seconds(396),
                    providerRecoveryLimit: .seconds(97), timeouts: timeouts,
                    maintenance: [
                        MaintenanceWindow(days: [.sun, .wed], startMinute: 1439, duration: .seconds(5400)),
                        MaintenanceWindow(days: [.mon], startMinute: 0, duration: .hours(24)),
                    ], recoveryTime: .seconds(16 * 60)))
    }

    @Test("in a workload's priority")
    func priority() throws {
        let text = try Sample.edited("  shop:", "  shop:\n    priority: 90")
        #expect(try Configuration.parse(text, file: "config.yaml").workloads[0].priority == 90)
        let silent = try Configuration.parse(Sample.text, file: "config.yaml")
        #expect(silent.workloads[0].priority == 50)
    }

    @Test("in a database")
    func database() throws {
        let text = try Sample.edited(
            "fencing: { method: quarantine, security_groups: [sg-0a1b2c3d] }",
            "fencing: { method: revoke-ingress, security_groups: [sg-0a1b2c3d, sg-0a1b2c3e], required: true }"
        )
        let database = try Configuration.parse(text, file: "config.yaml").workloads[0].databases[0]
        let fencing = Fencing(
            method: .revokeIngress(securityGroups: ["sg-0a1b2c3d", "sg-0a1b2c3e"]), required: true)
        #expect(
            database
                == Database(
                    id: "main", kind: .rdsReplica,
                    primary: Site(
                        region: "eu-central-1", identifier: "shop",
                        endpoint: Endpoint(host: "shop.db.example.com", port: 5432)),
                    standby: Site(
                        region: "eu-west-1", identifier: "shop-replica",
                        endpoint: Endpoint(host: "replica.db.example.com", port: 5432)),
                    fencing: fencing, healthCheckID: "11111111-2222-3333-4444-555555555555"))
    }

    @Test("in the levers")
    func levers() throws {
        let text = try Sample.edited(
            "name: db.example.com }",
            """
            name: DB.example.com, type: CNAME, set_identifier: blue }
                  - lever: route53-health-check
                    database: main
                    name: ro.example.com
                    health_check: 99999999-2222-3333-4444-555555555555
                    namespace: Night
                    metric: Moved
                    dimensions: { App: shop, Stage: prod }
            """)
        let workload = try Configuration.parse(text, file: "config.yaml").workloads[0]
        let record = RecordLever(
            database: "main", zoneID: "Z123", name: "db.example.com", setIdentifier: "blue")
        let check = HealthCheckLever(
            database: "main", name: "ro.example.com", healthCheckID: "99999999-2222-3333-4444-555555555555",
            region: "eu-west-1", namespace: "Night", metric: "Moved",
            dimensions: ["App": "shop", "Stage": "prod"])
        #expect(workload.traffic == [.route53Record(record), .route53HealthCheck(check)])
    }
}
