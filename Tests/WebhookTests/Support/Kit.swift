import Failover
import Foundation
import HTTPTransport
import Journal

@testable import Webhook

/// What `Kit/make.py` has made, new keys and certificates each time.
struct Kit: Decodable {
    struct Case: Decodable, CustomStringConvertible {
        var name: String
        var body: String
        var expect: String
        var workloads: [String]
        var timestamp: String?
        var signature: String?

        var description: String { name }
        var bytes: [UInt8] { Kit.bytes(body) }
    }

    struct Page: Decodable {
        var status: Int
        var body: String
    }

    var now: Double
    var topics: [String: [String]]
    var web: [String: Page]
    var cases: [Case]
    var generic: [Case]

    /// Made once for all tests.
    static let made = Result { try make() }

    private static func make() throws -> (kit: Kit, roots: TrustedRoots) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drctl-kit-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let process = Process()
        let chosen = ProcessInfo.processInfo.environment["DRCTL_TEST_PYTHON"]
        process.executableURL = URL(
            fileURLWithPath: chosen ?? root.appendingPathComponent(".venv/bin/python").path)
        let script = root.appendingPathComponent("Tests/WebhookTests/Kit/make.py").path
        process.arguments = ["-B", script, folder.path]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Broken() }
        let data = try Data(contentsOf: folder.appendingPathComponent("kit.json"))
        let kit = try JSONDecoder().decode(Kit.self, from: data)
        guard let roots = TrustedRoots(caFile: folder.appendingPathComponent("roots.pem").path) else {
            throw Broken()
        }
        return (kit, roots)
    }

    struct Broken: Error {}

    static func bytes(_ hex: String) -> [UInt8] {
        let digits = Array(hex.utf8)
        func value(_ digit: UInt8) -> UInt8 { digit < 58 ? digit - 48 : digit - 87 }
        return stride(from: 0, to: digits.count, by: 2).map {
            value(digits[$0]) << 4 | value(digits[$0 + 1])
        }
    }
}

/// The web of the kit, and what was asked of it.
final class KitWeb: Transport {
    private let pages: [String: Kit.Page]
    private let asked = Locked<[String]>([])
    private let isDown = Locked(false)

    init(_ pages: [String: Kit.Page]) { self.pages = pages }

    var requests: [String] { asked.withLock { $0 } }

    func goDown(_ down: Bool) { isDown.withLock { $0 = down } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        asked.withLock { $0.append(request.url) }
        if isDown.withLock({ $0 }) {
            throw TransportError(
                kind: .connectTimeout, url: request.url, detail: "down", mayHaveReachedServer: false)
        }
        guard let page = pages[request.url] else { return HTTPResponse(status: 404) }
        let body = Kit.bytes(page.body)
        guard body.count <= request.maxResponseBytes else {
            throw TransportError(
                kind: .responseTooLarge, url: request.url, detail: "large", mayHaveReachedServer: true)
        }
        return HTTPResponse(status: page.status, body: body)
    }
}

/// Arrivals in memory.
final class MemoryArrivals: Arrivals {
    private let entered = Locked<[Arrival]>([])
    private let isFull = Locked(false)
    private let done = Locked<Set<String>>([])

    var all: [Arrival] { entered.withLock { $0 } }

    func fill(_ full: Bool) { isFull.withLock { $0 = full } }

    func enter(_ arrival: Arrival) throws(JournalError) -> Bool {
        if isFull.withLock({ $0 }) { throw JournalError(attempt: .append, path: "memory", cause: .diskFull) }
        return entered.withLock { entered in
            if entered.contains(where: { $0.id == arrival.id }) { return false }
            entered.append(arrival)
            return true
        }
    }

    func pending(atMost limit: Int) -> [Arrival] {
        let done = done.withLock { $0 }
        return Array(all.filter { !done.contains($0.id) }.prefix(limit))
    }

    var settled: Int { done.withLock { $0.count } }
    func settle(_ ids: [String]) { done.withLock { $0.formUnion(ids) } }
    /// Times before which everything was to be forgotten.
    let forgotten = Locked<[Timestamp]>([])
    func forget(before time: Timestamp) { forgotten.withLock { $0.append(time) } }
}

/// A door with everything behind it in memory.
struct House: Sendable {
    let kit: Kit
    let web: KitWeb
    let arrivals = MemoryArrivals()
    let intake: Intake
    let clock: Locked<Timestamp>
    /// How far AWS's clock is ahead of `clock`; nil when AWS does not say.
    let awsAhead = Locked<Duration?>(.zero)
    let clockAsked = Locked(0)
    let confirmed = Locked<[String]>([])
    let confirms = Locked(true)
    let notes = Locked<[String]>([])
    let looks = Locked<[String]>([])

    init() throws {
        let (kit, roots) = try Kit.made.get()
        self.kit = kit
        web = KitWeb(kit.web)
        let start = Timestamp(milliseconds: Int64(kit.now * 1000))
        let clock = Locked(start)
        self.clock = clock
        let (confirmed, confirms, notes, looks) = (confirmed, confirms, notes, looks)
        let (awsAhead, clockAsked) = (awsAhead, clockAsked)
        intake = Intake(
            directory: Self.directory(kit),
            secrets: ["another-secret-for-the-test-kit-0123456789", "a-secret-for-the-test-kit-0123456789"]
                .compactMap { GenericSecret($0) },
            surroundings: Intake.Surroundings(
                transport: web, roots: roots, now: { clock.withLock { $0 } },
                clockOffset: {
                    clockAsked.withLock { $0 += 1 }
                    return awsAhead.withLock { $0 }
                }, arrivals: arrivals,
                confirm: { topic, _ in
                    confirmed.withLock { $0.append(topic.text) }
                    return confirms.withLock { $0 }
                }, look: { workload, because in looks.withLock { $0.append("\(workload): \(because)") } },
                note: { note in notes.withLock { $0.append(note) } }))
    }

    /// Waits until what was looked at is so.
    func until(_ condition: @Sendable ([String]) -> Bool) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while !condition(looks.withLock { $0 }) {
            guard ContinuousClock.now < deadline else { throw Kit.Broken() }
            await Task.yield()
        }
    }

    func pass(_ span: Duration) { clock.withLock { $0 = $0 + span } }

    func genuine(_ name: String) throws -> Kit.Case {
        guard let found = kit.cases.first(where: { $0.name == name }) else { throw Kit.Broken() }
        return found
    }

    private static func directory(_ kit: Kit) -> Directory {
        var directory = Directory(workloads: [
            workload("shop", "shop", healthCheck: "11111111-2222-3333-4444-555555555555"),
            workload("ledger", "ledger"), workload("orders", "orders-db"),
        ])
        directory.topics = kit.topics.mapValues { $0.map { WorkloadID($0) } }
        directory.alarms = [
            "shop-is-down": ["shop"], "orders-lag": ["orders"],
            "arn:aws:cloudwatch:eu-west-1:123456789012:alarm:orders-cpu": ["orders"],
        ]
        directory.add(database: "ledger-1", in: "eu-west-1", for: ["ledger"])
        return directory
    }

    private static let policy = Policy(
        mode: .observe, witnesses: [.probe, .replication], quorum: 2, confirmationWindow: .seconds(60),
        clearanceWindow: .seconds(60), maximumDataLoss: .seconds(60), cooldown: .seconds(60),
        freshness: .seconds(60), metricFreshness: .seconds(60), stallAfter: .seconds(400),
        providerRecoveryLimit: .seconds(60), timeouts: Policy.Timeouts())

    private static func workload(_ name: String, _ identifier: String, healthCheck: String? = nil) -> Workload
    {
        func site(_ region: Region, _ identifier: String) -> Site {
            Site(
                region: region, identifier: identifier,
                endpoint: Endpoint(host: "\(identifier).example.com", port: 5432))
        }
        let database = Database(
            id: DatabaseID(name), kind: .rdsReplica, primary: site("eu-west-1", identifier),
            standby: site("eu-central-1", identifier + "-replica"), fencing: Fencing(method: .none),
            healthCheckID: healthCheck)
        return Workload(id: WorkloadID(name), databases: [database], policy: policy, traffic: [], topics: [])
    }
}
