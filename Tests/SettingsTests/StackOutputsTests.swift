import Failover
import Foundation
import Testing

@testable import Settings

/// The files are what the infrastructure program tells: `make infra-outputs` writes them, and a test there
/// says when they are stale.
@Suite("A configuration from a stack's outputs") struct StackOutputsTests {
    static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("deploy/pulumi/tests/outputs")
    static let files = ["orders", "payments", "plant", "postgres-dr", "shop"]
        .flatMap { ["\($0)-home", "\($0)-away"] }

    static func json(_ name: String) throws -> String {
        try String(contentsOf: folder.appendingPathComponent("\(name).json"), encoding: .utf8)
    }

    static func edited(_ name: String, _ change: (inout [String: Any]) -> Void) throws -> String {
        var object = try #require(
            JSONSerialization.jsonObject(with: Data(json(name).utf8)) as? [String: Any])
        change(&object)
        return String(decoding: try JSONSerialization.data(withJSONObject: object), as: UTF8.self)
    }

    @Test("means the same as the one that the stack wrote itself", arguments: files)
    func sameMeaning(name: String) throws {
        let stack = try StackOutputs(json: Self.json(name))
        let text = try Proposal([stack], region: nil, origin: ["A test."]).text
        var made = try Configuration.parse(text, file: "made")
        var written = try Configuration.parse(
            try #require(stack.values["controllerConfig"]), file: "written")
        #expect(made.warnings.map(\.message) == written.warnings.map(\.message))
        (made.digest, written.digest) = ("", "")
        (made.warnings, written.warnings) = ([], [])
        #expect(made == written)
    }

    @Test("is commented, within the columns, and marks no guess", arguments: files)
    func comments(name: String) throws {
        let stack = try StackOutputs(json: Self.json(name))
        let text = try Proposal([stack], region: nil, origin: ["A test."]).text
        let lines = text.split(separator: "\n")
        #expect(lines.first == "# yaml-language-server: $schema=/usr/share/drctl/config.schema.json")
        #expect(lines.filter { $0.drop { $0 == " " }.hasPrefix("#") }.count > 10)
        #expect(!text.contains("GUESS"))
        #expect(lines.filter { $0.contains("#") && $0.count > 102 } == [])
    }

    @Test("says which keys are missing, and what to do")
    func missing() throws {
        let text = try Self.edited("postgres-dr-home") {
            $0["standbyEndpoint"] = nil
            $0["quorum"] = ""
        }
        let error = #expect(throws: OutputsError.self) { try StackOutputs(json: text).workload() }
        #expect(error?.description.hasPrefix("lacks standbyEndpoint, quorum: ") == true)
        #expect(error?.description.contains("pulumi up") == true)
    }

    @Test(
        "refuses what is not ours",
        arguments: [
            ("not json", "is not JSON"), ("[]", "is not a JSON object"), ("7", "is not a JSON object"),
            ("{}", "has none of the outputs"), (#"{"vpc": "x"}"#, "has none of the outputs"),
            (#"{"workload": ["a"]}"#, "has workload, which is not text"),
            (#"{"workload": "[secret]"}"#, "hides workload"),
        ])
    func notOurs(text: String, says: String) {
        let error = #expect(throws: OutputsError.self) { try StackOutputs(json: text) }
        #expect(error?.description.hasPrefix(says) == true, "\(error?.description ?? "")")
    }

    @Test(
        "needs of each kind what that kind has",
        arguments: [
            ("payments-home", "globalCluster"), ("postgres-dr-home", "leverMetric"),
            ("postgres-dr-home", "fencingSecurityGroups"), ("postgres-dr-home", "healthCheck"),
            ("postgres-dr-home", "sqlCaBundle"),
        ])
    func kinds(name: String, key: String) throws {
        let text = try Self.edited(name) { $0[key] = nil }
        let error = #expect(throws: OutputsError.self) { try StackOutputs(json: text).workload() }
        #expect(error?.description.hasPrefix("lacks \(key): ") == true, "\(error?.description ?? "")")
    }

    @Test("what grows in a failover is written for either Region")
    func capacity() throws {
        let text = try Self.edited("shop-home") {
            $0["capacity"] =
                "ecs-service:us-east-1:a/b:3,ecs-service:us-west-2:c/d:3,auto-scaling-group:us-west-2:e.f:4"
        }
        let made = try Proposal([StackOutputs(json: text)], region: nil, origin: []).text
        let workload = try #require(Configuration.parse(made, file: "made").workloads.first)
        #expect(workload.policy.timeouts.capacity == .seconds(60), "docs/strategy.md counts on it")
        #expect(
            workload.capacity == [
                Capacity(region: "us-east-1", resource: .ecsService(cluster: "a", service: "b"), desired: 3),
                Capacity(region: "us-west-2", resource: .ecsService(cluster: "c", service: "d"), desired: 3),
                Capacity(region: "us-west-2", resource: .autoScalingGroup(name: "e.f"), desired: 4),
            ])
        for wrong in ["ecs-service:us-west-2:d:3", "auto-scaling-group:us-west-2:e", "lambda:us-west-2:f:1"] {
            let text = try Self.edited("shop-home") { $0["capacity"] = wrong }
            let error = #expect(throws: OutputsError.self) { try StackOutputs(json: text).workload() }
            #expect(error?.description.hasPrefix("has the capacity \"\(wrong)\"; it is ") == true)
        }
    }

    @Test("joins stacks on one host, whose Region somebody says")
    func several() throws {
        let stacks = try ["postgres-dr-home", "shop-home"].map { try StackOutputs(json: Self.json($0)) }
        let regions = Set(stacks.compactMap { $0[.hostRegion] })
        if regions.count > 1 {
            let error = #expect(throws: OutputsError.self) { try Proposal(stacks, region: nil, origin: []) }
            #expect(error?.description.contains("--region") == true)
        }
        let text = try Proposal(stacks, region: "eu-north-1", origin: []).text
        let configuration = try Configuration.parse(text, file: "made")
        #expect(configuration.workloads.map(\.id) == ["postgres-dr", "shop"])
        #expect(configuration.controller.region == "eu-north-1")
    }

    @Test("moves a record where the stack says so")
    func record() throws {
        let text = try Self.edited("postgres-dr-home") {
            $0["lever"] = "route53-record"
            $0["leverZone"] = "Z0123456789ABC"
        }
        let made = try Proposal([StackOutputs(json: text)], region: nil, origin: []).text
        let configuration = try Configuration.parse(made, file: "made")
        guard case .route53Record(let lever)? = configuration.workloads[0].traffic.first else {
            Issue.record("no record lever in \(made)")
            return
        }
        #expect(lever.zoneID == "Z0123456789ABC")
    }

    @Test(
        "puts into quotes what YAML would take for something else",
        arguments: [
            ("yes", "\"yes\""), ("5432", "\"5432\""), ("a: b", "\"a: b\""), ("a\"b\\", #""a\"b\\""#),
            ("db.example.com", "db.example.com"), ("arn:aws:sns:eu-west-1:1:a", "arn:aws:sns:eu-west-1:1:a"),
            ("90s", "90s"), ("1h30m", "1h30m"), ("02:00", "\"02:00\""), ("", "\"\""), ("-", "\"-\""),
        ])
    func quotes(text: String, written: String) { #expect(YAMLLines.scalar(text) == written) }
}
