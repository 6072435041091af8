import Testing

@testable import Settings

@Suite("Forms and spelling")
struct ShapeTests {
    @Test(
        "durations are read and written in one form",
        arguments: [
            ("0s", 0), ("500ms", 500), ("90s", 90_000), ("2m", 120_000), ("1h30m", 5_400_000),
            ("1h1m1s1ms", 3_661_001),
            ("168h", 604_800_000),
        ])
    func durations(text: String, milliseconds: Int) throws {
        #expect(try Duration(written: text) == .milliseconds(milliseconds))
        #expect(
            try Duration(written: Duration.milliseconds(milliseconds).written) == .milliseconds(milliseconds))
    }

    @Test(
        "what is no duration is refused",
        arguments: [
            "", "s", "1", "1 s", "1d", "1.5s", "1m1h", "1s1s", "1S", "+1s", "-1s", "1e3s", "١s",
            "1234567890s", "90sec",
        ])
    func noDurations(text: String) {
        #expect(throws: Refusal.self) { try Duration(written: text) }
    }

    @Test(
        "endpoints are host and port",
        arguments: [
            ("db.example.com:5432", "db.example.com", 5432), ("10.0.0.1:1", "10.0.0.1", 1),
            ("[2001:DB8::1]:65535", "2001:db8::1", 65535), ("LOCALHOST:3306", "localhost", 3306),
        ])
    func endpoints(text: String, host: String, port: Int) throws {
        let endpoint = try Shapes.endpoint(text)
        #expect(endpoint.host == host)
        #expect(endpoint.port == port)
    }

    @Test(
        "what is no endpoint is refused",
        arguments: [
            "db", "db:", ":1", "db:0", "db:65536", "db:+1", "db:01", "d b:1", "-db:1", "db-:1", "a..b:1",
            "1.2.3.256:1",
            "1.2.3:1", "::1:1", "[::1]", "[1::2::3]:1", "[12345::]:1", "[1:2:3:4:5:6:7]:1", "a:b:1", "db_1:1",
            "http://db:1",
        ])
    func noEndpoints(text: String) {
        #expect(throws: Refusal.self) { try Shapes.endpoint(text) }
    }

    @Test(
        "IPv6 addresses are told from what looks like them",
        arguments: [
            ("::", true), ("::1", true), ("fe80::1", true), ("1:2:3:4:5:6:7:8", true), ("1::8", true),
            ("1:2:3:4:5:6:7::", true),
            ("1:2:3:4:5:6:7:8::", false), (":", false), (":::", false), ("1:", false),
            ("1:2:3:4:5:6:7", false), ("g::", false),
        ])
    func addresses(text: String, valid: Bool) {
        #expect(Shapes.isIPv6(text) == valid)
    }

    @Test(
        "Regions belong to partitions",
        arguments: [
            ("eu-west-1", "aws"), ("us-gov-west-1", "aws-us-gov"), ("cn-northwest-1", "aws-cn"),
            ("us-iso-east-1", "aws-iso"),
            ("us-isob-east-1", "aws-iso-b"), ("eu-isoe-west-1", "aws-iso-e"),
            ("us-isof-south-1", "aws-iso-f"),
            ("eusc-de-east-1", "aws-eusc"), ("mx-central-1", "aws"),
        ])
    func partitions(code: String, partition: String) throws {
        #expect(Shapes.partition(of: try Shapes.region(code)) == partition)
    }

    @Test(
        "what is no Region is refused",
        arguments: ["", "eu-west", "eu_west_1", "EU-WEST-1", "eu-west-1a", "west", "us-east-100"])
    func noRegions(text: String) {
        #expect(throws: Refusal.self) { try Shapes.region(text) }
    }

    @Test(
        "identifiers follow RDS's rules",
        arguments: [
            ("a", true), ("orders-1", true), ("a-b-c", true), ("1a", false), ("a-", false), ("a--b", false),
            ("A", false),
            ("a_b", false), ("", false), (String(repeating: "a", count: 63), true),
            (String(repeating: "a", count: 64), false),
        ])
    func identifiers(text: String, valid: Bool) {
        #expect(((try? Shapes.databaseIdentifier(text)) != nil) == valid)
    }

    @Test(
        "record names are fully qualified",
        arguments: [
            ("db.example.com", true), ("_db.example.com", true), ("db", false), ("*.example.com", false),
            ("db..com", false),
            (String(repeating: "a", count: 64) + ".com", false), ("db.example.com.", false),
        ])
    func recordNames(text: String, valid: Bool) {
        #expect(((try? Shapes.recordName(text)) != nil) == valid)
    }

    @Test("a socket's path fits into sun_path")
    func socketPaths() throws {
        #expect(try Shapes.socketPath("/" + String(repeating: "s", count: 106)).utf8.count == 107)
        #expect(throws: Refusal.self) { try Shapes.socketPath("/" + String(repeating: "s", count: 107)) }
        #expect(throws: Refusal.self) { try Shapes.socketPath("drctl.sock") }
        #expect(throws: Refusal.self) { try Shapes.socketPath("/run/") }
    }

    @Test("metric names are printable and not AWS's own")
    func metrics() throws {
        #expect(try Shapes.metricNamespace("drctl") == "drctl")
        #expect(throws: Refusal.self) { try Shapes.metricNamespace("AWS/RDS") }
        #expect(throws: Refusal.self) { try Shapes.metricNamespace(":drctl") }
        #expect(throws: Refusal.self) { try Shapes.metricName("   ") }
        #expect(throws: Refusal.self) { try Shapes.metricName("Überlauf") }
    }

    @Test(
        "the nearest known word is offered, and none when all are far",
        arguments: [
            ("quroum", "quorum"), ("Quorum", "quorum"), ("quorums", "quorum"),
            ("max_data_loss", "maximum_data_loss"),
            ("maximum-data-loss", "maximum_data_loss"), ("mode_", "mode"), ("dry_run", nil), ("x", nil),
            ("", nil),
        ] as [(String, String?)])
    func spelling(word: String, meant: String?) {
        #expect(nearest(to: word, in: ["quorum", "maximum_data_loss", "mode", "cooldown"]) == meant)
    }

    @Test("a user's text is shown on one line and not in full length")
    func shownText() {
        #expect(shown("a\nb\u{1B}c") == "\"a b c\"")
        #expect(shown(String(repeating: "x", count: 100)).count == 63)
    }

    @Test("words are listed as people do")
    func listing() {
        #expect(listed(["a"]) == "a")
        #expect(listed(["a", "b", "c"]) == "a, b or c")
        #expect(listed([]) == "")
    }
}
