import AWS
import Failover
import FoundationEssentials
import HTTPTransport
import Testing

@testable import Execution

@Suite("What notifiers send") struct ChannelTests {
    private func notice(
        _ kind: Notice.Kind, failover: Int? = 3, headline: String = "shop: BLOCKED: lag", body: String = "why"
    ) -> Bulletin {
        Bulletin(
            Notice(
                id: "shop-3-9-\(kind.rawValue)", kind: kind, workload: "shop", at: VirtualClock.start,
                headline: headline, body: body, runbook: "runbooks/blocked-failover.md", topics: [],
                failover: failover))
    }

    @Test(
        "one alert a failover: opened, acknowledged and resolved by one key", arguments: Notice.Kind.allCases)
    func pagerDuty(kind: Notice.Kind) {
        let actions = PagerDutyChannel.events(for: notice(kind)).map(\.action)
        switch kind {
        case .suspected, .confirmed, .blocked, .approvalNeeded, .started, .completed, .failed, .needsOperator,
            .exposed:
            #expect(actions == [.trigger])
        case .held, .step: #expect(actions == [.acknowledge])
        case .cleared: #expect(actions == [.resolve, .resolve])
        case .protected: #expect(actions == [.resolve])
        case .fenced, .released: #expect(actions == [])
        }
        #expect(PagerDutyChannel.events(for: notice(kind)).first.map { $0.key == "drctl/shop/3" } ?? true)
    }

    @Test("an outage that ends resolves what a failover that was given up has opened")
    func resolvesBoth() {
        let keys = PagerDutyChannel.events(for: notice(.cleared)).map(\.key)
        #expect(keys == ["drctl/shop/3", "drctl/shop/2"])
        #expect(PagerDutyChannel.events(for: notice(.cleared, failover: 1)).map(\.key) == ["drctl/shop/1"])
    }

    @Test("a test opens and resolves, a heartbeat opens nothing")
    func wakesNobody() {
        let test = Bulletin.test(at: VirtualClock.start, by: "me")
        #expect(PagerDutyChannel.events(for: test).map(\.action) == [.trigger, .resolve])
        var heartbeat = test
        heartbeat.kind = "heartbeat"
        #expect(PagerDutyChannel.events(for: heartbeat).map(\.action) == [.resolve])
    }

    @Test("a detail becomes no link in Slack and calls nobody, and is cut")
    func slack() async throws {
        let file = try SecretSample("https://hooks.example.com/services/T0/B0/token")
        defer { withExtendedLifetime(file) {} }
        let web = Web(HTTPResponse(status: 200, body: Array("ok".utf8)))
        let channel = SlackChannel(
            transport: web, url: file.file, links: RunbookLinks(base: "https://wiki.example.com/dr"))
        let long = "<!channel> <https://evil.example|click> & " + String(repeating: "x", count: 9000)
        #expect(await channel.send(notice(.blocked, body: long), limit: .seconds(5)) == .delivered(nil))
        let text = try #require(try JSONReader.parse(web.bodies[0])["text"]?.string)
        #expect(!text.contains("<!channel>") && !text.contains("<https://evil"))
        #expect(text.contains("&lt;!channel&gt;"))
        #expect(text.count < 3800)
        #expect(
            text.hasSuffix("<https://wiki.example.com/dr/blocked-failover.md|runbooks/blocked-failover.md>"))
    }

    @Test("nothing of an address but its host is told, whatever the server quotes")
    func quoting() async throws {
        let url = "https://hooks.example.com/services/T0/B0/token"
        let file = try SecretSample(url)
        defer { withExtendedLifetime(file) {} }
        for status in [301, 404, 429, 503] {
            let web = Web(
                HTTPResponse(
                    status: status, headers: [HTTPHeader("Retry-After", "9")], body: Array("no \(url)".utf8)))
            let channel = SlackChannel(transport: web, url: file.file, links: RunbookLinks(base: nil))
            let outcome = await channel.send(notice(.blocked), limit: .seconds(5))
            #expect(!"\(outcome)".contains("token"))
            #expect("\(outcome)".contains("hooks.example.com answers \(status)"))
            switch outcome {
            case .failed(_, let after): #expect([429, 503].contains(status) && after == .seconds(9))
            case .refused: #expect([301, 404].contains(status))
            case .delivered: Issue.record("\(status) is no success")
            }
        }
    }

    @Test(
        "an address must be https, but on this host",
        arguments: [
            ("https://example.com/x", true), ("http://127.0.0.1:80/x", true), ("http://localhost/x", true),
            ("http://[::1]:9/x", true), ("http://example.com/x", false),
            ("http://127.0.0.1.example.com/", false),
            ("ftp://127.0.0.1/", false),
        ])
    func addresses(url: String, isSafe: Bool) {
        #expect(HTTPPost.isSafe(url) == isSafe)
    }

    @Test("a letter has headers that nothing in a headline can add to")
    func mail() throws {
        let message = notice(
            .completed, headline: "shop: caf\u{e9}\r\nBcc: all@example.com", body: "two\nlines")
        let letter = MailText(
            message, from: "drctl@example.com", to: ["a@example.com", "b@example.com"],
            links: RunbookLinks(base: nil))
        let parts = String(decoding: letter.bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n")
        let headers = parts[0].components(separatedBy: "\r\n")
        #expect(!headers.contains { $0.hasPrefix("Bcc") })
        #expect(headers.contains("To: a@example.com,") && headers.contains(" b@example.com"))
        #expect(headers.contains("Date: Fri, 15 Jan 2027 08:00:00 +0000"))
        #expect(headers.contains("Message-ID: <shop-3-9-completed@example.com>"))
        #expect(headers.contains("References: <drctl.shop.3@example.com>"))
        #expect(headers.contains("X-Priority: 1"))
        let lines = parts[1].components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        let text = try #require(Data(base64Encoded: lines.joined()))
        #expect(String(decoding: text, as: UTF8.self).contains("two\r\nlines"))
    }

    @Test("a secret shows itself to nobody")
    func silence() {
        let secret = Secret("swordfish")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\([secret])"] {
            #expect(!text.contains("swordfish"))
        }
        let login = Mail.Login(user: "u", password: "swordfish")
        #expect(!String(reflecting: login).contains("swordfish"))
    }
}

/// An answer to everything.
private final class Web: Transport {
    private let answer: HTTPResponse
    private let seen = Locked<[[UInt8]]>([])

    init(_ answer: HTTPResponse) { self.answer = answer }

    var bodies: [[UInt8]] { seen.withLock { $0 } }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        seen.withLock { $0.append(request.body) }
        return answer
    }
}
