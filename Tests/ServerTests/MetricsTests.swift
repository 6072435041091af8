import Failover
import Foundation
import HTTPTransport
import Logging
import Testing
import Webhook

@testable import Server

@Suite(.timeLimit(.minutes(1))) struct MetricsTests {
    @Test func aFamilyIsWrittenAsPrometheusReadsIt() {
        var page = Exposition()
        page.family(
            "drctl_x_total", .counter, "Things.",
            [([("a", "quote \" slash \\ line \n")], 3), ([("a", "b")], 0.5)])
        page.gauge("drctl_y_seconds", "Spans.", nil)
        #expect(
            page.text == """
                # HELP drctl_x_total Things.
                # TYPE drctl_x_total counter
                drctl_x_total{a="quote \\" slash \\\\ line \\n"} 3
                drctl_x_total{a="b"} 0.5

                """)
    }

    @Test func theyAreServedAndNothingThatIsNotKnownIsZero() async throws {
        try await serving(Service()) { port, transport in
            let answer = try await transport.send(HTTPRequest(url: "http://127.0.0.1:\(port)/metrics"))
            #expect(answer.status == 200)
            #expect(answer.headers.first("Content-Type")?.hasPrefix("text/plain; version=0.0.4") == true)
            let lines = String(decoding: answer.body, as: UTF8.self).split(separator: "\n").map(String.init)
            #expect(lines.contains(#"drctl_build_info{version="1.2.3",region="eu-west-1"} 1"#))
            #expect(lines.contains("drctl_loop_age_seconds 2"))
            #expect(lines.contains("drctl_leader 1"))
            let labels = #"service="rds",operation="D",region="r",attempt="first",outcome="ok""#
            #expect(lines.contains("drctl_aws_calls_total{\(labels)} 7"))
            #expect(lines.contains(#"drctl_webhook_messages_total{door="sns",answer="bad-signature"} 1"#))
            #expect(lines.contains(#"drctl_webhook_messages_total{door="generic",answer="accepted"} 0"#))
            #expect(!lines.contains { $0.contains("drctl_lease_epoch") })
            // Each family is told once, before its samples.
            let families = lines.filter { $0.hasPrefix("# TYPE") }
            #expect(families.count == Set(families).count)
        }
    }

    @Test func readyIsWhoWatches() async throws {
        let cases: [(Service, Int)] = [
            (Service(), 200), (Service(lastRound: nil), 503), (Service(lastRound: .seconds(61)), 503),
            (Service(lastRound: .seconds(59)), 200), (Service(fault: "disk full"), 503),
        ]
        for (service, status) in cases {
            try await serving(service) { port, transport in
                let answer = try await transport.send(HTTPRequest(url: "http://127.0.0.1:\(port)/readyz"))
                #expect(answer.status == status)
                let alive = try await transport.send(HTTPRequest(url: "http://127.0.0.1:\(port)/livez"))
                #expect(alive.status == 200)
            }
        }
    }

    @Test func everyMetricIsInTheDocumentAndNoOther() throws {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        func names(in file: String, _ pattern: Regex<(Substring, Substring)>) throws -> Set<String> {
            let text = try String(contentsOf: root.appendingPathComponent(file), encoding: .utf8)
            return Set(text.matches(of: pattern).map { String($0.1) })
        }
        var told: Set<String> = []
        for file in ["MetricsText", "MetricsText+Notifiers"] {
            told.formUnion(try names(in: "Sources/Server/Metrics/\(file).swift", /"(drctl_[a-z_]+)"/))
        }
        let documented = try names(in: "docs/metrics.md", /\| `(drctl_[a-z_]+)` \|/)
        #expect(told == documented)
        #expect(told.count > 20)
    }

    // MARK: - Fixture

    struct Service: Measured {
        static let now = Timestamp(milliseconds: 1_000_000_000)
        var lastRound: Duration? = .seconds(1)
        var fault: String?

        func status() async -> ServiceStatus {
            ServiceStatus(
                version: "1.2.3", region: "eu-west-1", configurationDigest: "0", now: Self.now,
                startedAt: Self.now - .seconds(100), lastRoundAt: lastRound.map { Self.now - $0 },
                journalFault: fault, workloads: [])
        }

        func gauges() async -> ServiceGauges {
            let counts = Counts()
            counts.add(.refused(.badSignature), at: .sns)
            return ServiceGauges(
                lastTurnAt: Self.now - .seconds(2), round: .seconds(10),
                calls: [
                    .init(
                        service: "rds", operation: "D", region: "r", isRetry: false, outcome: "ok", count: 7,
                        seconds: 1.5)
                ],
                webhook: counts)
        }
    }

    func serving(
        _ service: Service, _ body: @escaping @Sendable (Int, CurlTransport) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = MetricsServer(measured: service, host: "127.0.0.1", port: 0, logger: logger)
        let transport = CurlTransport()
        let (ready, isReady) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { isReady.yield($0) } }
            var port = 0
            for await opened in ready {
                port = opened
                break
            }
            try await body(port, transport)
            group.cancelAll()
        }
        await transport.shutdown()
    }
}
