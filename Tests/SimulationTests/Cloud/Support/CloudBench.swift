import AWS
import Execution
import Failover
import HTTPTransport

@testable import Simulation

/// A simulated AWS on a bench: the real client and the real executor, one host, and a way between them that
/// does what a test says.
///
/// `@unchecked Sendable`: it lives on the one thread that `onBench` makes.
final class CloudBench: @unchecked Sendable {
    let time: VirtualTime
    let trace: Trace
    let estate: Estate
    let life: Life
    let fabric = ScriptedFabric()
    private(set) var mutations: [Mutation] = []
    /// How far the host's wall clock is ahead.
    var clockError = Duration.zero
    let transport: EstateTransport

    init(_ time: VirtualTime, _ workloads: [Workload], seed: UInt64, temper: Temper) {
        self.time = time
        trace = Trace(time)
        estate = Estate(workloads, seed: Seed(seed), time: time, trace: trace, temper: temper)
        life = Life(host: "a", time: time)
        let notes = Notes()
        transport = EstateTransport(estate: estate, fabric: fabric, life: life) { notes.all.append($0) }
        self.notes = notes
    }

    private final class Notes { var all: [Mutation] = [] }
    private let notes: Notes
    /// What left the host, as `eu-central-1 PromoteReadReplica orders-replica`.
    var sent: [String] { notes.all.map { "\($0.region) \($0.operation) \($0.target)" } }

    var effects: [Effect] {
        trace.happenings.compactMap { if case .effect(let effect) = $0.kind { effect } else { nil } }
    }

    /// When an effect came about, since the start.
    func when(_ isMeant: (Effect) -> Bool) -> Duration? {
        trace.happenings.first {
            if case .effect(let effect) = $0.kind { isMeant(effect) } else { false }
        }.map { $0.at - World.start }
    }

    var client: AWSClient {
        AWSClient(
            transport: transport,
            credentials: StaticCredentialsProvider(
                Credentials(accessKeyID: "AKIATEST", secretAccessKey: "secret")),
            endpoints: EndpointResolver(),
            surroundings: Surroundings(
                now: {
                    WallTime(
                        unixSeconds: Double((self.time.now + self.clockError).milliseconds) / 1000)
                },
                steady: { self.time.now - World.start }, sleep: { try await self.life.pause(for: $0) },
                random: { 0.5 }, environment: [:], readFile: { _ in "" }))
    }

    var executor: Executor {
        Executor(
            ExecutionContext(
                aws: client, now: { self.time.now }, sleep: { try await self.life.pause(for: $0) },
                answersFor: { name in
                    let answer = self.estate.answer(for: name, server: 0)
                    return DNSView(
                        names: answer.map { [$0.value] } ?? [], addresses: [],
                        failure: answer == nil ? "no such name" : nil)
                },
                knock: { self.answer(of: $0) }, probe: { self.answer(of: $0) }, mayAct: { true }))
    }

    private func answer(of endpoint: Failover.Endpoint) -> Reading<ProbeAnswer> {
        .known(
            value: estate.probe(endpoint.host) ?? ProbeAnswer(answered: false, detail: "no answer in 3 s"))
    }

    /// Runs a step with its deadline, and everything else that is due meanwhile.
    func run(_ action: Action, within limit: Duration = .seconds(1800), inDoubt: Bool = false) -> StepOutcome
    {
        let step = Step(id: "1-step", action: action, timeout: limit, tries: 3, onFailure: .askOperator)
        let order = StepOrder(
            workload: "shop", epoch: 1, step: step, attempt: 1, mayHaveHappened: inDoubt,
            deadline: time.now + limit)
        let executor = executor
        return result(within: limit + .seconds(60)) { await executor.run(order) }
            ?? .failed(detail: "never returned", retryable: false, mayHaveHappened: true)
    }

    func call<O: Operation>(
        _ operation: O, _ region: Region, options: CallOptions = CallOptions()
    ) -> Result<O.Output, AWSError>? {
        let client = client
        return result(within: .seconds(300)) { () async -> Result<O.Output, AWSError> in
            do throws(AWSError) {
                return .success(try await client.call(operation, region: region.rawValue, options: options))
            } catch {
                return .failure(error)
            }
        }
    }

    /// Nil when it takes longer.
    func result<Value>(
        within span: Duration, _ body: @escaping @Sendable () async -> Value
    ) -> Value? {
        let box = Box<Value>()
        Task { box.value = await body() }
        time.run(until: time.now + span) { box.value != nil }
        return box.value
    }

    func pass(_ span: Duration) { time.run(until: time.now + span) }

    /// Clients that write every `period` until the time is over, on sessions to `host`.
    func write(to host: String, every period: Duration, for span: Duration) {
        for step in 0..<Int(span.milliseconds / period.milliseconds) {
            time.after(period * step) { [estate] in
                if case .session(let session) = estate.connect(to: host) { _ = estate.write(session) }
            }
        }
    }
}

private final class Box<Value>: @unchecked Sendable {
    var value: Value?
}

/// Each test has a bench, and a thread of virtual time for it.
func onBench<Value>(
    _ workloads: [Workload] = [Layouts.shop()], seed: UInt64 = 1, temper: Temper = Temper(),
    _ body: @escaping (CloudBench) -> Value
) -> Value {
    VirtualTime.begin(at: World.start) { time in
        body(CloudBench(time, workloads, seed: seed, temper: temper))
    }
}

/// Lets everything through in 40 ms, but for what a test has put in the way.
final class ScriptedFabric: Fabric {
    var next: [String: [(inout Passage) -> Void]] = [:]
    var always: [String: (inout Passage) -> Void] = [:]

    func passage(of message: Message, at now: Timestamp) -> Passage {
        var passage = Passage(there: .milliseconds(20), back: .milliseconds(20))
        always[message.operation]?(&passage)
        if var queue = next[message.operation], !queue.isEmpty {
            queue.removeFirst()(&passage)
            next[message.operation] = queue
        }
        return passage
    }
}
