import AWS
import Failover
import HTTPTransport
import Meter
import Observers

/// Rounds of the service's own collector over so many RDS workloads between two Regions, with all of its
/// observers or with those that ask AWS. A collector's first round is not spread, because somebody waits for
/// it: each round is the first one of a collector of its own. `spread`: one more round of the last one, as the
/// service makes them, spread over so many seconds.
func round(url: String, workloads count: Int, rounds: Int, probes: Bool, spread: Int) async throws {
    let transport = CurlTransport()
    let calls = Counter()
    let context = observing(transport, url: url, calls)
    let fleet = (0..<count).map(workload)
    for number in 0...rounds {
        let interval = Duration.seconds(spread > 0 ? spread : 120)
        let collector =
            probes
            ? Collector(context: context, interval: interval)
            : Collector(observers: askingAWS(context), context: context, interval: interval)
        let running = Task { await collector.run() }
        let heard = Heard()
        var meter = Meter()
        calls.take()
        await collector.look(at: fleet, closer: []) { heard.add($0) }
        // The very first one opens the connections.
        if number > 0 && spread == 0 { tell(meter, heard.take(), calls.take(), count) }
        if number == rounds && spread > 0 {
            let expected = heard.take().count
            calls.take()
            meter = Meter()
            await collector.look(at: fleet, closer: []) { heard.add($0) }
            await heard.until(expected)
            tell(meter, heard.take(), calls.take(), count)
        }
        running.cancel()
    }
    await transport.shutdown()
}

private func tell(_ meter: Meter, _ heard: (count: Int, unknown: Int), _ calls: Int, _ workloads: Int) {
    report([
        ("workloads", Double(workloads)), ("observations", Double(heard.count)),
        ("unknown", Double(heard.unknown)), ("calls", Double(calls)), ("cpu", meter.cpu),
        ("wall", meter.wall), ("peakKiB", Double(Meter.peakResidentKiB)),
    ])
}

/// Without the probe, which costs AWS nothing.
private func askingAWS(_ context: ObserverContext) -> [any Observer] {
    [
        RDSInstanceObserver(context: context), AuroraObserver(context: context),
        ReplicationLagObserver(context: context), Route53HealthObserver(context: context),
    ]
}

private func observing(_ transport: CurlTransport, url: String, _ calls: Counter) -> ObserverContext {
    let clock = ContinuousClock()
    let start = clock.now
    var endpoints = EndpointSettings()
    for service in Service.all { endpoints.byService[service.id] = EndpointOverride(url: url) }
    // Whose answers these are is all that the stand-in's clock decides: the same moment at each round.
    let now = WallTime(unixSeconds: 1_767_323_045)
    let aws = AWSClient(
        transport: transport,
        credentials: StaticCredentialsProvider(
            Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret", source: "benchmark")),
        endpoints: EndpointResolver(endpoints),
        surroundings: Surroundings(
            now: { now }, steady: { clock.now - start }, sleep: { try await clock.sleep(for: $0) },
            random: { 0.5 }, environment: [:], readFile: { _ in "" }),
        observer: { _ in calls.add() })
    return ObserverContext(
        aws: aws, now: { Timestamp(milliseconds: 1_767_323_045_000) },
        sleep: { try await clock.sleep(for: $0) }, resolver: Resolver(),
        // The round may take its whole interval; what it took is what is measured.
        callOptions: CallOptions(attemptTimeout: .seconds(60), deadline: .seconds(120), maxAttempts: 1))
}

private func workload(_ number: Int) -> Workload {
    let name = "orders-\(number)"
    func site(_ region: Region, _ suffix: String) -> Site {
        // Loopback is a /8: so many addresses that no port is used up.
        let host = "127.1.\(number / 250 % 250).\(number % 250 + 1)"
        return Site(
            region: region, identifier: name + suffix, endpoint: Endpoint(host: host, port: 54_320))
    }
    let database = Database(
        id: "orders", kind: .rdsReplica, primary: site("us-east-1", "-a"), standby: site("eu-west-1", "-b"),
        fencing: Fencing(method: .quarantine(securityGroups: ["sg-1"])), healthCheckID: "check-\(number)")
    let policy = Policy(
        mode: .observe, witnesses: Set(WitnessKind.allCases), quorum: 2, confirmationWindow: .seconds(60),
        clearanceWindow: .seconds(60), maximumDataLoss: .seconds(30), cooldown: .seconds(7200),
        freshness: .seconds(60), metricFreshness: .seconds(180), stallAfter: .seconds(330),
        providerRecoveryLimit: .seconds(300), timeouts: .init())
    return Workload(
        id: WorkloadID(name), databases: [database], policy: policy, traffic: [], topics: [])
}
