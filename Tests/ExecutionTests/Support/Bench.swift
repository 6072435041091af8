import AWS
import Failover

@testable import Execution

/// An executor on a bench: a double of AWS, a virtual clock, and answers of one's own choosing.
final class Bench: Sendable {
    let clock = VirtualClock()
    let aws: AWSDouble
    /// Whether the controller may act.
    let mayAct = Locked(true)
    /// What the endpoint answers, as time passes.
    let probe: Locked<@Sendable (Timestamp) -> Reading<ProbeAnswer>>
    /// Who is knocked at, and who is asked to write.
    let knocks = Locked<[Failover.Endpoint]>([])
    let writes = Locked<[Failover.Endpoint]>([])
    /// Who was asked to write through the clients' name.
    let written = Locked<[String]>([])
    let restarts = Restarts()
    /// The old writer hung, and takes connections as soon as it serves again.
    let answersAfterRestart = Locked(false)
    /// What a write through the clients' name comes to; nil: no SQL is asked.
    let through: Locked<@Sendable (Timestamp) -> Reading<ProbeAnswer>?>
    let names: Locked<@Sendable (Timestamp) -> DNSView>

    static let answering = Reading<ProbeAnswer>.known(
        value: ProbeAnswer(answered: true, detail: "answered S"))
    static let refusing = Reading<ProbeAnswer>.known(value: ProbeAnswer(answered: false, detail: "refused"))

    static func saying(
        _ outcome: SQLAnswer.Outcome, _ detail: String, by server: String? = nil
    ) -> Reading<ProbeAnswer> {
        .known(
            value: ProbeAnswer(
                answered: true, detail: "answered S",
                sql: SQLAnswer(outcome: outcome, detail: detail, server: server)))
    }

    init(_ world: World = World(), answering: Bool = true) {
        aws = AWSDouble(clock, world)
        probe = Locked { _ in answering ? Bench.answering : Bench.refusing }
        through = Locked { _ in nil }
        names = Locked { _ in DNSView(names: [], addresses: [], failure: "no such name") }
    }

    var client: AWSClient {
        AWSClient(
            transport: aws,
            credentials: StaticCredentialsProvider(
                Credentials(accessKeyID: "AKIATEST", secretAccessKey: "secret")),
            endpoints: EndpointResolver(), surroundings: clock.surroundings)
    }

    var executor: Executor {
        let clock = clock
        return Executor(
            ExecutionContext(
                aws: client, now: { clock.now }, sleep: { clock.advance($0) },
                answersFor: { _ in self.names.withLock { $0 }(clock.now) },
                knock: { endpoint in
                    self.knocks.withLock { $0.append(endpoint) }
                    if self.answersAfterRestart.withLock({ $0 }), await self.aws.hasRestarted {
                        return Bench.answering
                    }
                    return self.probe.withLock { $0 }(clock.now)
                },
                probe: { endpoint in
                    self.writes.withLock { $0.append(endpoint) }
                    return self.probe.withLock { $0 }(clock.now)
                },
                through: { _, _, writing in
                    self.through.withLock { $0 }(clock.now).map { reading -> Reading<ProbeAnswer> in
                        guard case .known(var answer) = reading else { return reading }
                        if writing {
                            self.written.withLock { $0.append(answer.sql?.server ?? "somebody") }
                        } else if answer.sql?.outcome == .wrote {
                            answer.sql?.outcome = .looked
                        }
                        return .known(value: answer)
                    }
                },
                mayAct: { self.mayAct.withLock { $0 } }, restarts: restarts))
    }

    func run(
        _ action: Action, inDoubt: Bool = false, within limit: Duration = .seconds(600)
    ) async -> StepOutcome {
        let step = Step(id: "1-step", action: action, timeout: limit, tries: 3, onFailure: .askOperator)
        return await executor.run(
            StepOrder(
                workload: "payments", epoch: 7, step: step, attempt: inDoubt ? 2 : 1,
                mayHaveHappened: inDoubt,
                deadline: clock.now + limit))
    }
}

extension StepOutcome {
    var retryable: Bool? { if case .failed(_, let retryable, _) = self { retryable } else { nil } }
    var mayHaveHappened: Bool? { if case .failed(_, _, let doubt) = self { doubt } else { nil } }
}
