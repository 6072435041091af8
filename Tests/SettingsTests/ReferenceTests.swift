import Failover
import Foundation
import Testing

@testable import Settings

@Suite("config.yaml, the annotated reference")
struct ReferenceTests {
    static let path = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("config.yaml").path

    static func text() throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    /// The reference with every setting that is left out switched on: `#key: value` without a space.
    static func complete() throws -> String {
        try text().split(separator: "\n", omittingEmptySubsequences: false).map { line in
            guard let match = line.wholeMatch(of: /( *)#([a-z_]+:.*)/) else { return String(line) }
            return "\(match.1)\(match.2)"
        }.joined(separator: "\n")
    }

    @Test("loads as it is, without a warning")
    func loads() throws {
        let configuration = try Configuration.load(path: Self.path)
        #expect(configuration.warnings == [])
        #expect(configuration.workloads.map(\.id) == ["orders", "payments"])
    }

    @Test("loads with every setting that is left out switched on")
    func loadsComplete() throws {
        let configuration = try Configuration.parse(Self.complete(), file: "config.yaml")
        #expect(configuration.warnings == [])
        #expect(configuration.aws.profile == "drctl")
        #expect(configuration.controller.metrics == Endpoint(host: "127.0.0.1", port: 9463))
        #expect(configuration.controller.socketGroup == "drctl")
        let api = try #require(configuration.api)
        #expect(api.listen == APISettings.standardListen)
        #expect(api.certificateFile == "api-certificate" && api.keyFile == "api-key")
        #expect(api.tokensFile == "api-tokens")
        let webhook = try #require(configuration.webhook)
        #expect(webhook.listen == Endpoint(host: "127.0.0.1", port: 8463))
        #expect(webhook.topics.map(\.workloads) == [["orders"]])
        #expect(webhook.alarms.map(\.alarm) == ["checkout-is-slow"])
        #expect(webhook.databases.map(\.identifier) == ["payments-east-1"])
        #expect(webhook.secretFile == "webhook-secret")
        #expect(webhook.store == "/var/lib/drctl/journal-webhook.db")
        #expect(configuration.controller.budget == BudgetSettings(callsPerSecond: 20, dollarsPerMonth: 100))
        #expect(configuration.controller.resolvers == ["10.0.0.2:53", "169.254.169.253:53"])
    }

    @Test("becomes the values that it shows")
    func values() throws {
        let configuration = try Configuration.load(path: Self.path)
        let orders = try #require(configuration.workloads.first)
        #expect(orders.primaryRegion == "ap-southeast-2")
        #expect(orders.policy.mode == .approval)
        #expect(orders.policy.maximumDataLoss == .seconds(180))
        #expect(orders.policy.witnesses == Set(WitnessKind.allCases))
        #expect(orders.databases[0].healthCheckID == "11111111-2222-3333-4444-555555555555")
        #expect(orders.databases[0].primary.endpoint.port == 5432)
        #expect(
            orders.databases[0].fencing
                == Fencing(method: .quarantine(securityGroups: ["sg-0a1b2c3d4e5f60718"])))
        #expect(orders.topics.map(\.region) == ["ap-southeast-1", "ap-southeast-2"])
        let record = RecordLever(
            database: "orders", zoneID: "Z0123456789ABCDEFGHIJ", name: "db.orders.example.com")
        #expect(orders.traffic == [.route53Record(record)])

        let payments = try #require(configuration.workloads.last)
        #expect(payments.policy.mode == .automatic)
        #expect(payments.policy.quorum == 2)
        #expect(payments.policy.maximumDataLoss == .seconds(300), "from defaults.policy")
        #expect(payments.policy.stallAfter == .seconds(60), "Aurora alone")
        let kind = Database.Kind.auroraGlobal(globalCluster: "payments-global", method: .managedFailover)
        #expect(payments.databases[0].kind == kind)
        let lever = HealthCheckLever(
            database: "payments", name: "db.payments.example.com",
            healthCheckID: "66666666-7777-8888-9999-000000000000", region: "us-west-2", namespace: "drctl",
            metric: "FailoverActive", dimensions: ["Workload": "payments"])
        #expect(payments.traffic == [.route53HealthCheck(lever)])
    }

    @Test("shows the defaults that hold when nothing is written")
    func defaults() throws {
        let reference = try Configuration.load(path: Self.path)
        let sparse = try Configuration.parse(Sample.text, file: "sample.yaml")
        var controller = reference.controller
        controller.region = sparse.controller.region
        #expect(sparse.controller == controller)
        #expect(sparse.aws == reference.aws)
        let shown = reference.workloads[0].policy
        var policy = sparse.workloads[0].policy
        policy.maximumDataLoss = shown.maximumDataLoss
        #expect(policy == shown)
        let silent = try Configuration.parse(
            Sample.edited("      mode: approval\\n", ""), file: "sample.yaml")
        #expect(silent.workloads[0].policy.mode == .observe)
    }

    @Test("shows every key that there is, in its place")
    func everyKey() throws {
        let findings = Findings(file: "config.yaml")
        let text = try Self.complete()
        let source = try #require(SourceText(text, findings: findings))
        let composed = try #require(Composer(source: source, findings: findings).compose())
        var shown: Set<String> = []
        collect(try #require(TreeBuilder.build(composed, findings: findings)), [""], into: &shown)
        for keys in KnownKeys.all {
            for key in names(of: keys) {
                let paths = keys.places.map { joinedPattern($0, key) }
                #expect(paths.contains { shown.contains($0) }, "\(paths) is not in config.yaml")
            }
        }
    }

    @Test("uses every kind of section that there is")
    func everySection() throws {
        let findings = Findings(file: "config.yaml")
        _ = try Configuration.read(Self.complete(), findings: findings)
        #expect(findings.sections == Set(KnownKeys.all.map { ObjectIdentifier($0) }))
    }

    private func names<Key: SectionKey>(of keys: Key.Type) -> [String] { Key.allCases.map(\.rawValue) }

    private func joinedPattern(_ place: String, _ key: String) -> String {
        place.isEmpty ? key : "\(place).\(key)"
    }

    /// Every path of the tree, with and without `*` for each name.
    private func collect(_ tree: Tree, _ paths: Set<String>, into shown: inout Set<String>) {
        shown.formUnion(paths)
        switch tree.content {
        case .scalar, .refused: break
        case .sequence(let items):
            for item in items { collect(item, Set(paths.map { $0 + "[]" }), into: &shown) }
        case .mapping(let entries):
            for entry in entries {
                let deeper = paths.flatMap { [joinedPattern($0, entry.key), joinedPattern($0, "*")] }
                collect(entry.value, Set(deeper), into: &shown)
            }
        }
    }
}
