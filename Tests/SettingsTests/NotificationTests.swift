import Failover
import Testing

@testable import Settings

@Suite("The notifications section") struct NotificationTests {
    private static func text(_ lines: String...) -> String {
        Sample.text + "notifications:\n" + lines.map { "  \($0)\n" }.joined()
    }

    private static func problems(_ line: String) -> [String] {
        Sample.problems(text("notifiers:", "  one: \(line)"))
    }

    @Test("none is none; with one, the heartbeat comes at nine")
    func defaults() throws {
        #expect(try Configuration.parse(Sample.text, file: "c").notifications == nil)
        let text = Self.text("notifiers: { chat: { type: slack, url_file: chat } }")
        let settings = try #require(try Configuration.parse(text, file: "c").notifications)
        #expect(settings.heartbeat?.minute == 540)
        #expect(settings.heartbeat?.zone == "UTC")
        #expect(settings.deadMan == nil)
        #expect(settings.notifiers.map(\.timeout) == [.seconds(10)])
        #expect(settings.notifiers.map(\.attempts) == [3])
        #expect(settings.notifiers.map(\.channel) == [.slack(urlFile: "chat")])
    }

    @Test("the heartbeat can be elsewhere, and off")
    func heartbeat() throws {
        let there = Self.text(#"heartbeat: { at: "07:30", zone: Europe/Berlin }"#)
        let settings = try Configuration.parse(there, file: "c").notifications?.heartbeat
        #expect(settings?.minute == 450)
        #expect(settings?.zone == "Europe/Berlin")
        let off = try Configuration.parse(Self.text("heartbeat: { enabled: false }"), file: "c")
        #expect(off.notifications != nil && off.notifications?.heartbeat == nil)
        #expect(Sample.problems(Self.text(#"heartbeat: { at: "7:30", zone: Mars }"#)).count == 2)
    }

    @Test("a mail server on port 465 speaks TLS at once, others STARTTLS")
    func mail() throws {
        for (server, isTLS) in [("mx.example.com:465", true), ("mx.example.com:587", false)] {
            let line = #"{ type: email, server: "\#(server)", from: a@example.com, to: [b@example.com] }"#
            let settings = try Configuration.parse(Self.text("notifiers:", "  one: \(line)"), file: "c")
            guard case .email(let email)? = settings.notifications?.notifiers.first?.channel else {
                Issue.record("no e-mail")
                continue
            }
            #expect(email.isTLSFromTheStart == isTLS)
            #expect(email.user == nil)
        }
    }

    @Test(
        "secrets stand in files",
        arguments: ["/etc/drctl/url", "chat-url", "${CREDENTIALS_DIRECTORY}/chat-url"])
    func secretPlaces(place: String) {
        #expect(Self.problems("{ type: slack, url_file: \"\(place)\" }") == [])
    }

    @Test(
        "names what is wrong",
        arguments: [
            ("{ url_file: /a }", "one.type: is missing"),
            ("{ type: sms }", "one.type: is"),
            ("{ type: slack }", "one.url_file: is missing"),
            ("{ type: slack, url_file: \"https://hooks.slack.com/services/x\" }", "is the secret itself"),
            ("{ type: slack, url_file: ../x }", "one.url_file: is"),
            ("{ type: slack, url_file: \"${CREDENTIALS_DIRECTORY}//etc/x\" }", "one.url_file: is"),
            (
                "{ type: slack, url_file: /a, secret_file: /b }",
                "one.secret_file: has no meaning with type slack"
            ),
            ("{ type: pagerduty, routing_key_file: /a, url: \"http://example.com/\" }", "one.url: is"),
            ("{ type: email, server: mx, from: a@b.example, to: [c@d.example] }", "one.server: is"),
            (
                "{ type: email, server: \"mx:25\", from: \"Me <a@b.example>\", to: [c@d.example] }",
                "one.from: is"
            ),
            ("{ type: email, server: \"mx:25\", from: a@b.example, to: [] }", "one.to: is empty"),
            (
                "{ type: email, server: \"mx:25\", from: a@b.example, to: [c@d.example, c@d.example] }",
                "duplicate"
            ),
            (
                "{ type: email, server: \"mx:25\", user: u, from: a@b.example, to: [c@d.example] }",
                "one.password_file: is missing"
            ),
            (
                "{ type: email, server: \"mx:25\", password_file: /p, from: a@b.example, to: [c@d.example] }",
                "one.user: is missing"
            ),
            ("{ type: slack, url_file: /a, timeout: 5m }", "one.timeout: is"),
            ("{ type: slack, url_file: /a, attempts: 0 }", "one.attempts: is"),
        ])
    func wrong(line: String, problem: String) {
        let problems = Self.problems(line)
        #expect(problems.count == 1, "\(problems)")
        #expect(problems.first?.contains(problem) == true, "\(problems)")
    }
}
