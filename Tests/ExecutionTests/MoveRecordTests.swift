import Failover
import Testing

@testable import Execution

@Suite struct MoveRecordTests {
    @Test func replacesTheOldSetInOneBatchAndWaitsForAllServers() async throws {
        let bench = Bench()
        let outcome = await bench.run(Estate.move)
        #expect(outcome.succeeded)
        #expect(outcome.detail.contains("all of Route 53's servers"))
        #expect(await bench.aws.mutations == ["global ChangeResourceRecordSets"])
        let document = try #require(await bench.aws.last("ChangeResourceRecordSets")).document
        #expect(RecordModel.texts(of: "Action", in: document) == ["DELETE", "CREATE"])
        #expect(RecordModel.texts(of: "TTL", in: document) == ["30", "30"])
        #expect(RecordModel.texts(of: "Comment", in: document) == ["drctl: failover 7 of payments"])
        #expect(await bench.aws.world.records.value == "new.x.eu-central-1.rds.amazonaws.com")
        #expect(await bench.aws.count("GetChange") > 1)
    }

    @Test func carriesEveryFieldOver() async throws {
        let bench = Bench()
        await bench.aws.change {
            $0.records.setIdentifier = "a"
            $0.records.extra = "<Weight>5</Weight><HealthCheckId>hc-9</HealthCheckId>"
        }
        guard case .moveRecord(var action) = Estate.move else { return }
        action.setIdentifier = "a"
        #expect(await bench.run(.moveRecord(action)).succeeded)
        let document = try #require(await bench.aws.last("ChangeResourceRecordSets")).document
        #expect(RecordModel.texts(of: "Weight", in: document) == ["5", "5"])
        #expect(RecordModel.texts(of: "HealthCheckId", in: document) == ["hc-9", "hc-9"])
        #expect(await bench.aws.last("ListResourceRecordSets")?.parameters["identifier"] == "a")
    }

    @Test(arguments: ["new.x.eu-central-1.rds.amazonaws.com", "NEW.x.eu-central-1.rds.amazonaws.com."])
    func whatIsDoneAlreadyIsNotDoneAgain(value: String) async {
        let bench = Bench()
        await bench.aws.change { $0.records.value = value }
        #expect(await bench.run(Estate.move).succeeded)
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func aRecordThatSomebodyElseChangedIsLeftAlone() async {
        let bench = Bench()
        await bench.aws.change { $0.records.value = "elsewhere.example.com" }
        let outcome = await bench.run(Estate.move)
        #expect(outcome.retryable == false)
        #expect(outcome.detail.contains("elsewhere.example.com"))
        #expect(outcome.detail.contains("old.x.eu-west-1.rds.amazonaws.com"))
        #expect(await bench.aws.mutations.isEmpty)
    }

    @Test func anAliasAMissingSetAndUnknownFieldsAreLeftAlone() async {
        let changes: [@Sendable (inout World) -> Void] = [
            { $0.records.alias = "elsewhere.example.com." }, { $0.records.exists = false },
            { $0.records.setIdentifier = "b" }, { $0.records.extra = "<NewFangled>1</NewFangled>" },
        ]
        for change in changes {
            let bench = Bench()
            await bench.aws.change(change)
            #expect(await bench.run(Estate.move).retryable == false)
            #expect(await bench.aws.mutations.isEmpty)
        }
    }

    @Test func aLostReplyIsLookedInto() async {
        let bench = Bench()
        await bench.aws.next("ChangeResourceRecordSets", .lostReply)
        #expect(await bench.run(Estate.move).succeeded)
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test("X10: a prior request is waited out")
    func aPriorRequestIsWaitedOut() async {
        let bench = Bench()
        let prior = Fault.refused(Refusal("PriorRequestNotComplete"))
        await bench.aws.next("ChangeResourceRecordSets", prior, prior, .throttled)
        #expect(await bench.run(Estate.move).succeeded)
        #expect(await bench.aws.effects["ChangeResourceRecordSets"] == 1)
    }

    @Test("X10: a bare change batch error after a lost reply is no failure")
    func aBareChangeBatchErrorAfterALostReplyIsNoFailure() async {
        let bench = Bench()
        await bench.aws.next("ChangeResourceRecordSets", .bareChangeBatchError)
        #expect(await bench.run(Estate.move).succeeded)
        #expect(await bench.aws.effects["ChangeResourceRecordSets"] == 1)
    }

    @Test func aBatchThatIsRefusedForGoodIsForAPerson() async {
        let bench = Bench()
        await bench.aws.always("ChangeResourceRecordSets", .bareChangeBatchError)
        let outcome = await bench.run(Estate.move)
        #expect(outcome.retryable == false)
        #expect(outcome.detail.contains("it already exists"))
        #expect(await bench.aws.mutations.count == 3)
    }

    @Test("X11: an accepted change that stays PENDING holds up neither the next name nor the plan")
    func aChangeThatStaysPendingHoldsNothingUp() async {
        let bench = Bench()
        await bench.aws.change { $0.records.pendingFor = .seconds(3600) }
        let outcome = await bench.run(Estate.move, within: .seconds(900))
        #expect(outcome.succeeded)
        #expect(outcome.detail.contains("not yet on all of Route 53's servers"))
        #expect(outcome.detail.contains("PENDING"))
        #expect(bench.clock.elapsed <= .seconds(70))
        #expect(await bench.aws.mutations.count == 1)
    }

    @Test(
        "X11: nor does a control plane that says no more once it has accepted",
        arguments: [Fault.silence, .denied])
    func aChangeThatIsNotToldOfHoldsNothingUp(fault: Fault) async {
        let bench = Bench()
        await bench.aws.always("GetChange", fault)
        let outcome = await bench.run(Estate.move, within: .seconds(900))
        #expect(outcome.succeeded)
        #expect(outcome.detail.contains("not yet on all of Route 53's servers"))
        #expect(bench.clock.elapsed <= .seconds(70))
    }

    @Test func aDeadControlPlaneIsSaidSo() async {
        let bench = Bench()
        await bench.aws.always("*", .silence)
        let outcome = await bench.run(Estate.move, within: .seconds(60))
        #expect(outcome.detail.contains("Route 53 gives no answer"))
        #expect(outcome.mayHaveHappened == false)
        #expect(bench.clock.elapsed <= .seconds(61))
    }

    @Test(arguments: ["ListResourceRecordSets", "ChangeResourceRecordSets"])
    func aMissingPermissionEndsItAtOnce(operation: String) async {
        let bench = Bench()
        await bench.aws.always(operation, .denied)
        let outcome = await bench.run(Estate.move)
        #expect(outcome.retryable == false)
        #expect(outcome.mayHaveHappened == false)
    }

    @Test func withoutLeaveToActNothingIsSent() async {
        let bench = Bench()
        bench.mayAct.withLock { $0 = false }
        #expect(await bench.run(Estate.move).retryable == true)
        #expect(await bench.aws.mutations.isEmpty)
    }
}
