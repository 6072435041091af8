import AWS
import Execution
import Failover
import Journal

/// What the world gives a host.
extension World {
    /// What is below a host's journal.
    func store(of host: Host) -> any JournalStore { host.shelf }

    func client(of host: Host, life: Life, clock: HostClock) -> AWSClient {
        let dice = Dice(seed.stream("backoff/\(host.id)/\(host.lives)"))
        let (id, trace) = (host.id, trace)
        return AWSClient(
            transport: EstateTransport(estate: estate, fabric: fabric, life: life) { mutation in
                var mutation = mutation
                mutation.cause = Cause.current
                trace.note(.mutation(id, mutation))
            },
            credentials: StaticCredentialsProvider(
                Credentials(
                    accessKeyID: "AKIDEXAMPLE", secretAccessKey: Self.secretKey,
                    sessionToken: Self.sessionToken)),
            endpoints: EndpointResolver(EndpointSettings()),
            surroundings: Surroundings(
                now: { WallTime(unixSeconds: Double(host.wallTime.milliseconds) / 1000) },
                steady: { clock.now() - World.start }, sleep: { try await clock.sleep(for: $0) },
                random: { dice.roll() }, environment: [:], readFile: { _ in "" }),
            observer: { call in if life.isAlive { trace.note(.called(id, call)) } })
    }

    /// What a host's resolver says about a name. Zones are served from all over the world, so that only the
    /// host's own trouble keeps an answer away.
    func answers(for name: String, of life: Life) async -> DNSView {
        let message = Message(
            from: life.host, to: layout.workloads[0].standbyRegion, service: "dns", operation: "resolve",
            mutates: false)
        let passage = fabric.passage(of: message, at: time.now)
        guard let there = passage.there, let back = passage.back else {
            try? await life.pause(for: .seconds(5))
            return DNSView(names: [], addresses: [], failure: "no resolver answers")
        }
        try? await life.pause(for: there + back)
        guard let target = host(life.host)?.resolver.answer(for: name, from: estate) else {
            return DNSView(names: [], addresses: [], failure: "NXDOMAIN")
        }
        return DNSView(names: [target], addresses: ["192.0.2.1"])
    }

    /// One connection of a host's to an endpoint.
    func probe(_ endpoint: Failover.Endpoint, of life: Life) async -> Reading<ProbeAnswer> {
        guard let (_, node) = estate.find(host: endpoint.host) else {
            return .unknown(reason: .nameNotResolved, detail: "\(endpoint.host): NXDOMAIN")
        }
        let message = Message(
            from: life.host, to: node.region, service: "probe", operation: "connect", mutates: false)
        let passage = fabric.passage(of: message, at: time.now)
        let silent = Reading.known(value: ProbeAnswer(answered: false, detail: "no answer in 3 s"))
        guard let there = passage.there else {
            try? await life.pause(for: .seconds(3))
            return silent
        }
        try? await life.pause(for: there)
        guard let answer = answer(of: endpoint.host, sql: nil), let back = passage.back else {
            try? await life.pause(for: .seconds(3))
            return silent
        }
        try? await life.pause(for: back)
        return .known(value: answer)
    }
}

/// Chance behind a closure that Swift wants to be Sendable.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
private final class Dice: @unchecked Sendable {
    private var chance: Chance

    init(_ chance: Chance) { self.chance = chance }

    func roll() -> Double { chance.unit() }
}
