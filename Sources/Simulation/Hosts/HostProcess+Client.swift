import AWS
import Failover

extension HostProcess {
    /// The host's AWS client, behind the estate's transport.
    static func client(
        of host: Host, _ life: Life, _ clock: HostClock, _ remote: RemoteStore?, in world: World
    ) -> AWSClient {
        let dice = Dice(world.seed.stream("backoff/\(host.id)/\(host.lives)"))
        let (id, trace) = (host.id, world.trace)
        let transport = EstateTransport(estate: world.estate, fabric: world.fabric, life: life) { mutation in
            var mutation = mutation
            mutation.cause = Cause.current
            mutation.leaseValidUntil = remote?.validUntil
            let lease = host.shelf.lease
            mutation.trueHolder = lease.flatMap { $0.isReleased ? nil : HostID($0.holder) }
            trace.note(.mutation(id, mutation))
        }
        return AWSClient(
            transport: transport,
            credentials: StaticCredentialsProvider(
                Credentials(
                    accessKeyID: "AKIDEXAMPLE", secretAccessKey: World.secretKey,
                    sessionToken: World.sessionToken)),
            endpoints: EndpointResolver(EndpointSettings()),
            surroundings: Surroundings(
                now: { WallTime(unixSeconds: Double(host.wallTime.milliseconds) / 1000) },
                steady: { clock.now() - World.start }, sleep: { try await clock.sleep(for: $0) },
                random: { dice.roll() }, environment: [:], readFile: { _ in "" }),
            observer: { call in if life.isAlive { trace.note(.called(id, call, for: Cause.current)) } })
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
