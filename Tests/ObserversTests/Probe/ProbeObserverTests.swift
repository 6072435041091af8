import Failover
import Testing

@testable import Observers

@Suite struct `The probe` {
    func reading(
        _ endpoint: Endpoint, _ context: ObserverContext = .test()
    ) async -> Reading<ProbeAnswer> {
        await Probe(context: context).once(endpoint)
    }

    @Test func `A PostgreSQL server answers, with TLS and without, until it is gone`() async throws {
        let server = try LocalPostgres()
        let endpoint = Endpoint(host: "127.0.0.1", port: server.port)
        let plain = await reading(endpoint).value
        #expect(plain?.answered == true)
        #expect(plain?.detail.hasPrefix("answered N in ") == true)
        try server.stop()
        let gone = await reading(endpoint).value
        #expect(gone == ProbeAnswer(answered: false, detail: "refused (127.0.0.1:\(server.port))"))
        try server.start(ssl: true)
        #expect(await reading(endpoint).value?.detail.hasPrefix("answered S in ") == true)
    }

    @Test func `Both sides of every database are probed, each by itself`() async throws {
        let server = try #require(LoopbackServer(.answering([UInt8(ascii: "S")])))
        let closed = try #require(closedPort())
        let database = Database.rds("orders").at(Endpoint(host: "127.0.0.1", port: server.port))
        var other = Database.rds("stock").at(Endpoint(host: "127.0.0.1", port: closed))
        other.standby.endpoint = Endpoint(host: "127.0.0.1", port: server.port)
        var first = database
        first.standby.endpoint = Endpoint(host: "127.0.0.1", port: closed)
        let observer = ProbeObserver(context: .test())
        let workloads = [Workload.test("shop", first, other)]
        #expect(observer.errands(about: workloads, closer: []).count == 4)
        var answers: [String: Bool] = [:]
        for observation in await observer.observe(workloads) {
            guard case .probe(let side, .known(let answer)) = observation.fact else {
                Issue.record("\(observation)")
                continue
            }
            #expect(observation.source == "TCP probe")
            #expect(observation.vantage == "this host")
            #expect(observation.at == ObserverContext.testNow)
            answers["\(observation.database) \(side)"] = answer.answered
        }
        #expect(
            answers == [
                "orders primary": true, "orders standby": false,
                "stock primary": false, "stock standby": true,
            ])
    }

    @Test func `A name that does not resolve is not a dead server`() async throws {
        let names = try #require(DNSServer(.zone([:], followsAliases: true)))
        let context = ObserverContext.test(resolver: Resolver(servers: [names.server]))
        let answer = await reading(Endpoint(host: "db.example.com", port: 5432), context)
        #expect(answer.unknownReason == .nameNotResolved)
    }

    @Test func `A resolver that does not answer in time is not a dead server`() async throws {
        let names = try #require(DNSServer(.silent))
        var context = ObserverContext.test(
            resolver: Resolver(servers: [names.server], timeout: .seconds(60)),
            sleep: { _ in try await Task.sleep(for: .milliseconds(20)) })
        context.probeLimit = .milliseconds(20)
        let answer = await reading(Endpoint(host: "db.example.com", port: 5432), context)
        #expect(answer.unknownReason == .nameNotResolved)
    }

    @Test func `One address that answers is enough`() async throws {
        let server = try #require(LoopbackServer(.answering([UInt8(ascii: "N")])))
        // Nothing listens on 127.0.0.9: the server has 127.0.0.1 alone.
        let names = try #require(
            DNSServer(
                .zone(
                    ["db.example.com": [.ipv4("127.0.0.9", ttl: 5), .ipv4("127.0.0.1", ttl: 5)]],
                    followsAliases: true)))
        let context = ObserverContext.test(resolver: Resolver(servers: [names.server]))
        let answer = await reading(Endpoint(host: "db.example.com", port: server.port), context)
        #expect(answer.value?.answered == true)
    }

    @Test func `An address that did not answer says more than one that could not be tried`() {
        let silent = Probe.Answer(
            address: "a", reading: .known(value: ProbeAnswer(answered: false, detail: "refused")))
        let untried = Probe.Answer(address: "b", reading: .unknown(reason: .silent, detail: "no network"))
        let cancelled = Probe.Answer(address: "c", reading: nil)
        #expect(Probe.moreTelling(silent, untried).address == "a")
        #expect(Probe.moreTelling(untried, silent).address == "a")
        #expect(Probe.moreTelling(nil, untried).address == "b")
        #expect(Probe.moreTelling(untried, cancelled).address == "b")
    }

    @Test func `A probe that is given up is not evidence`() async throws {
        let server = try #require(LoopbackServer(.silent))
        var workload = Workload.test("shop", .rds("orders"))
        let endpoint = Endpoint(host: "127.0.0.1", port: server.port)
        workload.databases[0].primary.endpoint = endpoint
        workload.databases[0].standby.endpoint = endpoint
        let probing = Task { [workload] in await ProbeObserver(context: .test()).observe([workload]) }
        await eventually("no connection came") { server.counts.open == 2 }
        probing.cancel()
        #expect(await probing.value.isEmpty)
    }
}
