import Failover
import Foundation
import HTTPTransport
import Journal
import Logging
import Testing
import Webhook

@testable import Server

/// The listener: what strangers can do to a server. What is in the messages is `WebhookTests`' business.
@Suite(.serialized, .timeLimit(.minutes(1))) struct WebhookServerTests {
    static let secret = "a-secret-for-the-listener-0123456789"

    @Test func aSignedMessageIsTakenAndOneThatIsNotIsRefused() async throws {
        try await serving { port, intake, transport in
            let good = try Signed(#"{"workloads":["orders"],"reason":"slow"}"#)
            #expect(try await Self.post("/hooks/generic", good, port, transport) == "200 accepted")
            #expect(try await Self.post("/hooks/generic", good, port, transport) == "200 duplicate")
            var forged = good
            forged.body.append(0x20)
            #expect(try await Self.post("/hooks/generic", forged, port, transport) == "403 bad-signature")
            let bare = Signed(body: Array("{}".utf8), headers: [])
            #expect(try await Self.post("/hooks/generic", bare, port, transport) == "400 malformed")
            #expect(try await Self.post("/hooks/sns", bare, port, transport) == "400 malformed")
            #expect(intake.counts.of(.accepted, at: .generic) == 1)
            #expect(intake.counts.of(.refused(.malformed), at: .sns) == 1)
        }
    }

    @Test("I5: huge bodies, announced or not, are refused at the limit")
    func hugeBodies() async throws {
        try await serving { port, intake, transport in
            let huge = Signed(body: [UInt8](repeating: 0x20, count: Intake.snsLimit + 1), headers: [])
            #expect(try await Self.post("/hooks/sns", huge, port, transport) == "413 oversized")
            let large = Signed(body: [UInt8](repeating: 0x20, count: Intake.genericLimit + 1), headers: [])
            #expect(try await Self.post("/hooks/generic", large, port, transport) == "413 oversized")
            let endless = "POST /hooks/generic HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
            let chunk = "2000\r\n" + String(repeating: "x", count: 0x2000) + "\r\n"
            let answer = try Raw.ask(port, endless + chunk + chunk)
            #expect(answer.hasPrefix("HTTP/1.1 413"))
            #expect(intake.counts.of(.refused(.oversized), at: .generic) == 2)
        }
    }

    @Test func thereIsNothingElseThere() async throws {
        try await serving { port, _, transport in
            for path in ["/", "/v1/status", "/hooks", "/hooks/sns/", "/metrics", "/livez"] {
                let answer = try await transport.send(HTTPRequest(url: "http://127.0.0.1:\(port)\(path)"))
                #expect(answer.status == 404 || answer.status == 405, "\(path)")
            }
        }
    }

    @Test func headersThatAreTooManyOrTooLongEndTheConnection() async throws {
        try await serving { port, _, _ in
            let head = "POST /hooks/sns HTTP/1.1\r\nHost: x\r\n"
            let long = head + "A: \(String(repeating: "a", count: 20_000))\r\n\r\n"
            let many = head + (0..<200).map { "A\($0): b\r\n" }.joined() + "\r\n"
            for junk in [
                long, many, "\0\0\0\0\r\n\r\n", "GET\r\n\r\n", "POST /hooks/sns HTTP/9.9\r\n\r\n",
                "\u{16}\u{3}\u{1}\r\n\r\n",
            ] {
                let answer = try Raw.ask(port, junk)
                #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"), "\(answer)")
            }
        }
    }

    @Test func oneThatSendsSingleBytesIsClosedInTime() async throws {
        try await serving(patience: .milliseconds(400)) { port, _, _ in
            let slow = try Raw(port)
            let end = ContinuousClock.now + .seconds(20)
            var isOpen = slow.send("POST /hooks/sns HTTP/1.1\r\n")
            while isOpen, ContinuousClock.now < end {
                isOpen = slow.send("A: b\r\n") && !slow.isClosed(within: 50)
            }
            #expect(!isOpen, "it was still open after 20 s")
        }
    }

    @Test func aFloodLeavesRoomAndIsCounted() async throws {
        try await serving { port, intake, transport in
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<400 {
                    group.addTask {
                        try await Self.post(
                            "/hooks/sns", Signed(body: Array("{".utf8), headers: []), port, transport)
                    }
                }
                for try await answer in group {
                    #expect(answer == "400 malformed" || answer == "503 busy")
                }
            }
            let good = try Signed(#"{"workloads":["orders"]}"#)
            #expect(try await Self.post("/hooks/generic", good, port, transport) == "200 accepted")
            let counted = intake.counts.all.reduce(0) { $0 + $1.count }
            #expect(counted == 401)
        }
    }

    @Test("I5: slow senders of large bodies leave room for an alarm")
    func slowSenders() async throws {
        try await serving { port, _, transport in
            let head = "POST /hooks/sns HTTP/1.1\r\nHost: x\r\nContent-Length: \(Intake.snsLimit)\r\n\r\n"
            let slow = try (0..<40).map { _ in try Raw(port) }
            for one in slow { #expect(one.send(head + "x")) }
            for number in 0..<5 {
                let good = try Signed(#"{"workloads":["orders"],"reason":"\#(number)"}"#)
                #expect(try await Self.post("/hooks/generic", good, port, transport) == "200 accepted")
            }
            withExtendedLifetime(slow) {}
        }
    }

    @Test("I5: who takes every connection and sends half a request keeps nobody out")
    func allConnections() async throws {
        try await serving(patience: .seconds(300)) { port, _, transport in
            let slow = try (0..<WebhookServer.connections * 2).map { _ in
                let one = try Raw(port)
                _ = one.send("POST /hooks/sns HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{")
                return one
            }
            for number in 0..<5 {
                let good = try Signed(#"{"workloads":["orders"],"reason":"\#(number)"}"#)
                #expect(try await Self.post("/hooks/generic", good, port, transport) == "200 accepted")
            }
            #expect(slow[0].isClosed(within: 5000), "the one that has waited longest has gone")
        }
    }

    @Test func withACertificateItSpeaksTLSAndNothingElse() async throws {
        let (identity, folder) = try Self.identity()
        defer { try? FileManager.default.removeItem(at: folder) }
        try identity.check()
        try await serving(identity: identity) { port, _, transport in
            let good = try Signed(#"{"workloads":["orders"]}"#)
            let there = CurlTransport(configuration: .init(caBundlePath: identity.certificateFile))
            let answer = try await there.send(
                HTTPRequest(
                    method: "POST", url: "https://127.0.0.1:\(port)/hooks/generic", headers: good.headers,
                    body: good.body))
            #expect(answer.status == 200)
            #expect(String(decoding: answer.body, as: UTF8.self) == "accepted\n")
            await #expect(throws: TransportError.self) {
                try await Self.post("/hooks/generic", good, port, transport)
            }
            await there.shutdown()
        }
        let other = try Self.identity()
        defer { try? FileManager.default.removeItem(at: other.1) }
        #expect(throws: (any Error).self, "a key that is not the certificate's") {
            try ListenerIdentity(certificateFile: identity.certificateFile, keyFile: other.0.keyFile).check()
        }
    }

    @Test func whoComesTooOftenOrWithTooMuchIsTurnedAway() {
        let clock = Locked(Timestamp(milliseconds: 0))
        let turnstile = Turnstile(now: { clock.withLock { $0 } })
        for _ in 0..<Int(Turnstile.burst) {
            #expect(turnstile.enter("192.0.2.1", bytes: 1))
            turnstile.leave("192.0.2.1", bytes: 1)
        }
        #expect(!turnstile.enter("192.0.2.1", bytes: 1))
        #expect(turnstile.enter("192.0.2.2", bytes: 1), "others are not held up")
        clock.withLock { $0 = $0 + .seconds(1) }
        for _ in 0..<Turnstile.atOnceForPeer { #expect(turnstile.enter("192.0.2.1", bytes: 1)) }
        #expect(!turnstile.enter("192.0.2.1", bytes: 1), "so many at once")
        #expect(turnstile.enter("127.0.0.1", bytes: Turnstile.bytesAtOnce / 2))
        #expect(!turnstile.enter("127.0.0.1", bytes: Turnstile.bytesAtOnce / 2 + 1))
        turnstile.leave("127.0.0.1", bytes: Turnstile.bytesAtOnce / 2)
        #expect(turnstile.enter("127.0.0.1", bytes: Turnstile.bytesAtOnce / 2 + 1))
        for _ in 0..<Turnstile.connectionsForPeer { #expect(turnstile.connected("192.0.2.9")) }
        #expect(!turnstile.connected("192.0.2.9"))
        turnstile.disconnected("192.0.2.9")
        #expect(turnstile.connected("192.0.2.9"))
        for _ in Turnstile.connectionsForPeer..<Int(Turnstile.burst) - 1 {
            turnstile.disconnected("192.0.2.9")
            #expect(turnstile.connected("192.0.2.9"))
        }
        turnstile.disconnected("192.0.2.9")
        #expect(!turnstile.connected("192.0.2.9"), "too many new ones at a time")
        clock.withLock { $0 = $0 + .seconds(1) }
        #expect(turnstile.connected("192.0.2.9"))
    }

    @Test(arguments: ["0.0.0.0", "10.0.0.1", "::", "127.0.0.1.example.com", "localhost", ""])
    func onlyLoopbackIsLoopback(host: String) {
        #expect(!WebhookServer.isLoopback(host))
        #expect(WebhookServer.isLoopback("127.0.0.1") && WebhookServer.isLoopback("::1"))
    }

    // MARK: - Fixture

    struct Signed: Sendable {
        var body: [UInt8]
        var headers: HTTPHeaders

        init(body: [UInt8], headers: HTTPHeaders) {
            self.body = body
            self.headers = headers
        }

        /// Signed by OpenSSL's own command, an implementation that is not ours.
        init(_ text: String) throws {
            let now = "\(Int64(Date().timeIntervalSince1970))"
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
            process.arguments = ["dgst", "-sha256", "-hmac", WebhookServerTests.secret, "-r"]
            let (input, output) = (Pipe(), Pipe())
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            input.fileHandleForWriting.write(Data("v1:\(now):\(text)".utf8))
            try input.fileHandleForWriting.close()
            let digits = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            body = Array(text.utf8)
            headers = [
                HTTPHeader("X-Drctl-Timestamp", now),
                HTTPHeader("X-Drctl-Signature", "v1=\(digits.prefix(64))"),
            ]
        }
    }

    static func post(
        _ path: String, _ message: Signed, _ port: Int, _ transport: CurlTransport
    ) async throws -> String {
        let answer = try await transport.send(
            HTTPRequest(
                method: "POST", url: "http://127.0.0.1:\(port)\(path)", headers: message.headers,
                body: message.body))
        let word = String(decoding: answer.body, as: UTF8.self)
        return "\(answer.status) \(word.trimmingCharacters(in: .whitespacesAndNewlines))"
    }

    /// A certificate for 127.0.0.1 that is its own root, and its key; the folder is the caller's to remove.
    static func identity() throws -> (ListenerIdentity, URL) {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("drctl-tls-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let identity = ListenerIdentity(
            certificateFile: folder.appendingPathComponent("certificate.pem").path,
            keyFile: folder.appendingPathComponent("key.pem").path)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days",
            "1", "-subj", "/CN=drctl", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", identity.keyFile,
            "-out", identity.certificateFile,
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        return (identity, folder)
    }

    func serving(
        patience: Duration = .seconds(15), identity: ListenerIdentity? = nil,
        _ body: @escaping @Sendable (Int, Intake, CurlTransport) async throws -> Void
    ) async throws {
        let transport = CurlTransport()
        let now: @Sendable () -> Timestamp = {
            Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        }
        let intake = Intake(
            directory: Directory(workloads: [Sample.workload]),
            secrets: [try #require(GenericSecret(Self.secret))],
            surroundings: Intake.Surroundings(
                transport: transport, roots: try #require(TrustedRoots(caFile: nil)), now: now,
                clockOffset: { .zero }, arrivals: MemoryArrivals(), confirm: { _, _ in false },
                look: { _, _ in }, note: { _ in }))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let server = WebhookServer(
            intake: intake, host: "127.0.0.1", port: 0, identity: identity, now: now, logger: logger,
            patience: patience)
        let (ready, isReady) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.run { isReady.yield($0) } }
            var port = 0
            for await opened in ready {
                port = opened
                break
            }
            try await body(port, intake, transport)
            group.cancelAll()
        }
        await transport.shutdown()
    }
}

private final class MemoryArrivals: Arrivals {
    private let ids = Locked<Set<String>>([])

    func enter(_ arrival: Arrival) -> Bool { ids.withLock { $0.insert(arrival.id).inserted } }
    func pending(atMost limit: Int) -> [Arrival] { [] }
    func settle(_ ids: [String]) {}
    func forget(before time: Timestamp) {}
}

private enum Sample {
    static var workload: Workload {
        func site(_ region: Region) -> Site {
            Site(region: region, identifier: "orders", endpoint: Endpoint(host: "o.example.com", port: 5432))
        }
        let policy = Policy(
            mode: .observe, witnesses: [.probe, .replication], quorum: 2, confirmationWindow: .seconds(60),
            clearanceWindow: .seconds(60), maximumDataLoss: .seconds(60), cooldown: .seconds(60),
            freshness: .seconds(60), metricFreshness: .seconds(60), stallAfter: .seconds(400),
            providerRecoveryLimit: .seconds(60), timeouts: Policy.Timeouts())
        let database = Database(
            id: "orders", kind: .rdsReplica, primary: site("eu-west-1"), standby: site("eu-central-1"),
            fencing: Fencing(method: .none))
        return Workload(id: "orders", databases: [database], policy: policy, traffic: [], topics: [])
    }
}
