import Testing

@testable import Observers

@Suite struct `The resolver` {
    static let zone: [String: [DNSServer.Record]] = [
        "db.example.com": [.alias("orders.west.example.net", ttl: 60)],
        "orders.west.example.net": [.alias("host-7.example.net", ttl: 5)],
        "host-7.example.net": [.ipv4("192.0.2.7", ttl: 4), .ipv4("192.0.2.8", ttl: 4)],
        "six.example.com": [.alias("host-6.example.net", ttl: 60)],
        "host-6.example.net": [.ipv6("2001:db8::6", ttl: 30)],
        "empty.example.com": [],
        "circle.example.com": [.alias("round.example.com", ttl: 60)],
        "round.example.com": [.alias("circle.example.com", ttl: 60)],
        "dangling.example.com": [.alias("gone.example.com", ttl: 60)],
    ]

    func resolver(_ servers: DNSServer..., timeout: Duration = .seconds(5), retries: Int = 0) -> Resolver {
        Resolver(servers: servers.map(\.server), timeout: timeout, retries: retries)
    }

    func kind(_ resolver: Resolver, _ name: String) async -> ResolveError.Kind? {
        do {
            _ = try await resolver.addresses(of: name)
            return nil
        } catch {
            return error.kind
        }
    }

    @Test(arguments: ["192.0.2.1", "2001:db8::1", "::1"])
    func `A numeric host is its own address, and nobody is asked`(host: String) async throws {
        let server = try #require(DNSServer(.silent))
        #expect(try await resolver(server).addresses(of: host) == [host])
        #expect(server.questions.isEmpty)
    }

    @Test(arguments: [true, false])
    func `A name is followed through its aliases, with their lifetimes`(followsAliases: Bool) async throws {
        let server = try #require(DNSServer(.zone(Self.zone, followsAliases: followsAliases)))
        let answer = await resolver(server).answers(for: "db.example.com")
        #expect(
            answer.chain == [
                .init(name: "db.example.com", target: "orders.west.example.net", ttlSeconds: 60),
                .init(name: "orders.west.example.net", target: "host-7.example.net", ttlSeconds: 5),
            ])
        #expect(
            answer.addresses == [
                .init(text: "192.0.2.7", ttlSeconds: 4), .init(text: "192.0.2.8", ttlSeconds: 4),
            ])
        #expect(answer.failure == nil)
        #expect(answer.canonicalName == "host-7.example.net")
        #expect(server.questions.count == (followsAliases ? 1 : 3))
    }

    @Test func `IPv6 is asked for where there is no IPv4`() async throws {
        let server = try #require(DNSServer(.zone(Self.zone, followsAliases: true)))
        #expect(try await resolver(server).addresses(of: "six.example.com") == ["2001:db8::6"])
    }

    @Test func `A name that does not exist is told from one without an address`() async throws {
        let server = try #require(DNSServer(.zone(Self.zone, followsAliases: true)))
        let resolver = resolver(server)
        #expect(await kind(resolver, "nowhere.example.com") == .noSuchName)
        #expect(await kind(resolver, "empty.example.com") == .noAddress)
    }

    @Test func `An alias that leads nowhere is reported with the way to it`() async throws {
        let server = try #require(DNSServer(.zone(Self.zone, followsAliases: false)))
        let answer = await resolver(server).answers(for: "dangling.example.com")
        #expect(answer.canonicalName == "gone.example.com")
        #expect(answer.failure?.kind == .noSuchName)
        #expect(answer.failure?.description.contains("gone.example.com") == true)
    }

    @Test(arguments: [true, false])
    func `A circle of aliases ends`(followsAliases: Bool) async throws {
        let server = try #require(DNSServer(.zone(Self.zone, followsAliases: followsAliases)))
        #expect(await kind(resolver(server), "circle.example.com") == .chainTooLong)
    }

    @Test(arguments: [true, false])
    func `A long chain of aliases ends`(followsAliases: Bool) async throws {
        var zone: [String: [DNSServer.Record]] = [:]
        for number in 0..<40 {
            zone["n\(number).example.com"] = [.alias("n\(number + 1).example.com", ttl: 1)]
        }
        let server = try #require(DNSServer(.zone(zone, followsAliases: followsAliases)))
        #expect(await kind(resolver(server), "n0.example.com") == .chainTooLong)
        #expect(server.questions.count <= Resolver.maxChain + 1)
    }

    @Test func `The next server is asked when one is silent or fails`() async throws {
        let silent = try #require(DNSServer(.silent))
        let failing = try #require(DNSServer(.failing(2)))
        let good = try #require(DNSServer(.zone(Self.zone, followsAliases: true)))
        let resolver = resolver(silent, failing, good, timeout: .milliseconds(60))
        #expect(try await resolver.addresses(of: "db.example.com") == ["192.0.2.7", "192.0.2.8"])
        #expect(silent.questions == ["db.example.com 1"])
        #expect(failing.questions == ["db.example.com 1"])
    }

    @Test func `A server that says that the name does not exist is believed`() async throws {
        let first = try #require(DNSServer(.zone([:], followsAliases: true)))
        let second = try #require(DNSServer(.zone(Self.zone, followsAliases: true)))
        #expect(await kind(resolver(first, second), "db.example.com") == .noSuchName)
        #expect(second.questions.isEmpty)
    }

    @Test func `Every server is asked again before the resolver gives up`() async throws {
        let server = try #require(DNSServer(.silent))
        let resolver = resolver(server, timeout: .milliseconds(30), retries: 2)
        #expect(await kind(resolver, "db.example.com") == .timeout)
        #expect(server.questions.count == 3)
    }

    @Test func `A lookup that hangs, or waits behind such, ends when its task is cancelled`() async throws {
        let silent = try #require(DNSServer(.silent))
        let resolver = resolver(silent, timeout: .seconds(60))
        let hanging = (0..<(LookupThreads.maxThreads * 2)).map { number in
            Task { await kind(resolver, "n\(number).example.com") }
        }
        await eventually("no question came") { silent.questions.count == LookupThreads.maxThreads }
        for task in hanging { task.cancel() }
        for task in hanging { #expect(await task.value == .cancelled) }
    }

    @Test func `The system's resolver knows localhost`() async throws {
        let addresses = try await Resolver().addresses(of: "localhost")
        #expect(addresses.contains("127.0.0.1") || addresses.contains("::1"))
    }

    @Test(arguments: [
        ("192.0.2.1:5353", "192.0.2.1:5353"), ("192.0.2.1", "192.0.2.1:53"), ("dns.example.com:53", nil),
        ("192.0.2.1:0", nil), ("192.0.2.1:65536", nil), ("192.0.2.1:53:53", nil), ("", nil),
    ])
    func `A server is given by address and port`(text: String, expected: String?) {
        #expect(Resolver.Server(text)?.description == expected)
    }

    @Test func `What is not a domain name is refused without a question`() async throws {
        let server = try #require(DNSServer(.zone(Self.zone, followsAliases: true)))
        let label = String(repeating: "x", count: 64)
        #expect(await kind(resolver(server), "\(label).example.com") == .badName)
        #expect(server.questions.isEmpty)
    }
}
