import Failover
import Testing

@testable import Execution

@Suite struct ExecutorTests {
    @Test func theRecheckIsTheControllersOwn() async {
        let bench = Bench()
        let outcome = await bench.run(.recheck)
        #expect(outcome.retryable == false)
        #expect(outcome.detail.contains("controller itself"))
        #expect(await bench.aws.calls.isEmpty)
    }

    static let acting: [Action] = [
        Estate.promote, Estate.detach, Estate.globalFailover, Estate.move, .flipHealthCheck(Estate.flip),
        .fence(Estate.fence()), .fence(Estate.fence(cluster: true)),
        .fence(Estate.fence(.revokeIngress(securityGroups: ["sg-app"]))), Estate.awaitInstance,
        Estate.awaitCluster,
    ]

    /// The dry run must not promise other calls than those that are made.
    @Test(arguments: acting) func theDryRunNamesTheCallsThatAreMade(action: Action) async {
        let answering = if case .fence = action { false } else { true }
        let bench = Bench(Estate.world, answering: answering)
        _ = await bench.run(action, within: .seconds(120))
        let step = Step(id: "1-x", action: action, timeout: .seconds(60), tries: 1, onFailure: .askOperator)
        let planned = bench.executor.plannedCalls(for: step)
        let calls = await bench.aws.calls
        #expect(Set(calls.map(\.operation)).isSubset(of: Set(planned.map(\.operation))))
        #expect(
            Set(calls.filter(\.mutates).map(\.operation)) == Set(planned.filter(\.mutates).map(\.operation)))
        for call in calls where call.region != nil {
            #expect(planned.contains { $0.operation == call.operation && $0.region == call.region })
        }
    }

    @Test(arguments: acting) func theDryRunShowsTheParametersThatAreSent(action: Action) async {
        let answering = if case .fence = action { false } else { true }
        let bench = Bench(Estate.world, answering: answering)
        _ = await bench.run(action, within: .seconds(120))
        let step = Step(id: "1-x", action: action, timeout: .seconds(60), tries: 1, onFailure: .askOperator)
        for planned in bench.executor.plannedCalls(for: step) where planned.service != "route53" {
            guard let call = await bench.aws.last(planned.operation) else { continue }
            for parameter in planned.parameters where !parameter.value.hasPrefix("<") {
                #expect(
                    call.parameters[parameter.name] == parameter.value,
                    "\(planned.operation) \(parameter.name)")
            }
        }
    }

    @Test("I10: a detail is one plain line", arguments: acting) func aDetailIsOnePlainLine(action: Action)
        async
    {
        let bench = Bench(Estate.world)
        await bench.aws.always(
            "*", .refused(Refusal("AccessDenied", status: 403, "no\nFORGED \u{1b}[31m line")))
        let outcome = await bench.run(action, within: .seconds(60))
        #expect(!outcome.succeeded)
        #expect(!outcome.detail.unicodeScalars.contains { $0.properties.generalCategory == .control })
    }

    @Test func cancellationEndsATry() async {
        let bench = Bench(Estate.world)
        let clock = bench.clock
        var context = ExecutionContext(
            aws: bench.client, now: { clock.now }, sleep: { _ in throw CancellationError() },
            answersFor: { _ in DNSView(names: [], addresses: []) }, knock: { _ in Bench.answering },
            probe: { _ in Bench.answering },
            mayAct: { true })
        context.settleTime = .seconds(5)
        let step = Step(
            id: "1-x", action: Estate.promote, timeout: .seconds(60), tries: 1, onFailure: .askOperator)
        let outcome = await Executor(context).run(
            StepOrder(
                workload: "payments", epoch: 1, step: step, attempt: 1, mayHaveHappened: false,
                deadline: clock.now + .seconds(60)))
        #expect(outcome.retryable == true)
        #expect(outcome.mayHaveHappened == true, "the call was accepted before")
    }
}
