import Failover
import Testing

@testable import Settings

@Suite("What is written in several places comes together")
struct MergeTests {
    @Test("a workload overrides defaults.policy key by key, in timeouts too")
    func policy() throws {
        let text = try Sample.edited(
            "workloads: | quorum: 3",
            "defaults: { policy: { mode: automatic, quorum: 4, cooldown: 2h, timeouts: { fence: 10s, "
                + "traffic: 20s } } }\\nworkloads: | timeouts: { traffic: 40s }")
        let policy = try Configuration.parse(text, file: "config.yaml").workloads[0].policy
        #expect(policy.mode == .approval)
        #expect(policy.quorum == 4)
        #expect(policy.cooldown == .seconds(7200))
        #expect(policy.timeouts == Policy.Timeouts(fence: .seconds(10), traffic: .seconds(40)))
    }

    @Test("clearance_window follows confirmation_window, and freshness follows poll_interval")
    func dependentDefaults() throws {
        let text = try Sample.edited(
            "region: eu-west-1 | quorum: 3",
            "region: eu-west-1\\n  poll_interval: 20s | quorum: 3\\n      confirmation_window: 2m")
        let policy = try Configuration.parse(text, file: "config.yaml").workloads[0].policy
        #expect(policy.clearanceWindow == .seconds(120))
        #expect(policy.freshness == .seconds(60))
    }

    @Test("topics in the standby Region come first, each group in the order of the file")
    func topics() throws {
        let arns = ["eu-central-1:1", "eu-north-1:2", "eu-west-1:3", "eu-west-1:4"].map { pair in
            let parts = pair.split(separator: ":")
            return "\"arn:aws:sns:\(parts[0]):111122223333:t\(parts[1])\""
        }
        let text = try Sample.edited(
            "\"arn:aws:sns:eu-west-1:111122223333:dr\"", arns.joined(separator: ", "))
        let topics = try Configuration.parse(text, file: "config.yaml").workloads[0].topics
        #expect(topics.map { $0.arn.suffix(2) } == ["t3", "t4", "t1", "t2"])
    }

    @Test("the most specific endpoint comes first")
    func endpoints() throws {
        let text = try Sample.edited(
            "workloads:",
            "aws: { endpoints: [{ url: \"https://a.test\" }, { region: eu-west-1, url: \"https://b.test\" }, "
                + "{ service: rds, url: \"https://c.test\" }, "
                + "{ service: rds, region: eu-west-1, url: \"https://d.test\" }] }\\nworkloads:")
        let endpoints = try Configuration.parse(text, file: "config.yaml").aws.endpoints
        #expect(
            endpoints.map(\.url) == ["https://d.test", "https://c.test", "https://b.test", "https://a.test"])
    }

    @Test("a health-check lever names the workload in its metric unless dimensions are written")
    func dimensions() throws {
        let text = try Sample.edited(
            "route53-record, database: main, zone: Z123",
            "route53-health-check, database: main, health_check: 99999999-2222-3333-4444-555555555555")
        let lever = try Configuration.parse(text, file: "config.yaml").workloads[0].traffic[0]
        guard case .route53HealthCheck(let lever) = lever else {
            Issue.record("another lever")
            return
        }
        #expect(lever.dimensions == ["Workload": "shop"])
        #expect(lever.region == "eu-west-1")
        #expect(lever.namespace == "drctl")
    }

    @Test("faults in every section are shown together, in the order of the file")
    func allAtOnce() throws {
        let text = try Sample.edited(
            "region: eu-west-1 | primary_region: eu-central-1 | type: rds-replica | "
                + "shop.db.example.com:5432 | mode: approval | quorum: 3 | zone: Z123 | "
                + "arn:aws:sns:eu-west-1",
            "regio: eu-west-1 | primary_region: x | type: rds | shop | mode: auto | quorum: 7 | zone: 5 | "
                + "arn:aws:sns:x")
        let lines = Sample.problems(text).compactMap { $0.split(separator: ":").first.flatMap { Int($0) } }
        #expect(lines == [1, 2, 5, 9, 10, 15, 17, 20, 22])
    }

    @Test("a file with very many faults is cut short")
    func manyFaults() throws {
        let text = try Sample.edited(
            "quorum: 3", "quorum: 3" + (0..<500).map { "\\n      k\($0): 1" }.joined())
        #expect(Sample.problems(text).count == Findings.limit)
    }
}
