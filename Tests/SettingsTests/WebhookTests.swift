import Failover
import Testing

@testable import Settings

@Suite("The webhook section") struct WebhookTests {
    private static let topic = #"{ arn: "arn:aws:sns:eu-west-1:111122223333:dr" }"#

    private static func problems(_ lines: String...) -> [String] {
        Sample.problems(Sample.text + "webhook:\n" + lines.map { "  \($0)\n" }.joined())
    }

    @Test("needs nothing but a topic, or a secret")
    func least() throws {
        for line in ["topics: [\(Self.topic)]", "secret_file: /etc/drctl/secret"] {
            let text = Sample.text + "webhook:\n  \(line)\n"
            let webhook = try #require(try Configuration.parse(text, file: "config.yaml").webhook)
            #expect(webhook.listen == Endpoint(host: "127.0.0.1", port: 8463))
            #expect(webhook.store == "/var/lib/drctl/journal-webhook.db")
        }
        #expect(Self.problems("listen: 127.0.0.1:80").contains { $0.contains("webhook.topics: is missing") })
        #expect(try Configuration.parse(Sample.text, file: "config.yaml").webhook == nil)
    }

    private static let pair = ["certificate_file: hook-cert", "key_file: /etc/drctl/hook-key.pem"]

    @Test(
        "listens where others can reach it only with TLS",
        arguments: ["0.0.0.0:80", "10.0.0.1:80", "[::]:80", "[2001:db8::1]:443"])
    func elsewhere(address: String) throws {
        let lines = ["listen: \"\(address)\"", "topics: [\(Self.topic)]"]
        let problems = Self.problems(lines[0], lines[1])
        #expect(problems.count == 1)
        let words = "webhook.listen: is \"\(address)\", where other hosts can reach it: that needs TLS"
        #expect(problems.first?.contains(words) == true, "\(problems)")
        #expect(Self.problems(lines[0], lines[1], Self.pair[0], Self.pair[1]) == [])
        let text = Sample.text + "webhook:\n" + (lines + Self.pair).map { "  \($0)\n" }.joined()
        let webhook = try #require(try Configuration.parse(text, file: "config.yaml").webhook)
        #expect(webhook.certificateFile == "hook-cert" && webhook.keyFile == "/etc/drctl/hook-key.pem")
    }

    @Test("needs an address and no name, and a certificate with its key")
    func incomplete() {
        for name in ["localhost:80", "drctl.example.com:443"] {
            #expect(Self.problems("listen: \(name)", "topics: [\(Self.topic)]").count == 1, "\(name)")
        }
        for (line, other) in zip(Self.pair, ["key_file", "certificate_file"]) {
            let problems = Self.problems(line, "topics: [\(Self.topic)]", "listen: 10.0.0.1:443")
            #expect(problems.contains { $0.contains("webhook.\(other): is missing") }, "\(problems)")
            #expect(problems.contains { $0.contains("webhook.listen: is") }, "\(problems)")
        }
    }

    @Test("listens on any loopback address", arguments: ["127.0.0.1:80", "127.8.8.8:9000", "[::1]:80"])
    func here(address: String) {
        #expect(Self.problems("listen: \"\(address)\"", "topics: [\(Self.topic)]") == [])
    }

    @Test("names what is wrong, and where")
    func wrong() {
        let problems = Self.problems(
            #"topics: [{ arn: "arn:aws:sqs:eu-west-1:111122223333:dr", workloads: [shop] }, \#(Self.topic)]"#,
            "alarms: [{ alarm: a, workloads: [shpo] }, { alarm: a, workloads: [] }, { workloads: [shop] }]",
            "databases: [{ identifier: Shop, region: eu, workloads: [shop] }]",
            "secret_file: ../secret", "store: /var/lib/drctl/journal.db", "tls: true")
        for part in [
            "webhook.topics[0].arn: is",
            #"webhook.alarms[0].workloads[0]: is "shpo"; use shop; did you mean shop?"#,
            "webhook.alarms[1].alarm: is a duplicate", "webhook.alarms[1].workloads: is empty",
            "webhook.alarms[2].alarm: is missing", "webhook.databases[0].identifier: is",
            "webhook.databases[0].region: is", "webhook.secret_file: is", "webhook.store: is another file's",
            "webhook.tls: is not a known key",
        ] {
            #expect(problems.contains { $0.contains(part) }, "\(part) in \(problems)")
        }
        #expect(problems.count == 10, "\(problems)")
    }
}
