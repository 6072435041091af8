import AWS
import Failover
import Testing

@testable import Simulation

@Suite struct NamesOnEstateTests {
    private static let name = "db.shop.example"

    private static func set(_ value: String, ttl: Int = 30) -> ResourceRecordSet {
        ResourceRecordSet(
            name: name, type: "CNAME", ttl: ttl, resourceRecords: [ResourceRecord(value: value)])
    }

    private static func change(_ changes: RecordChange...) -> ChangeResourceRecordSets {
        ChangeResourceRecordSets(hostedZoneId: "Z1", changes: changes)
    }

    private static let move = change(
        RecordChange(.delete, set(Layouts.primaryHost)), RecordChange(.create, set(Layouts.standbyHost)))

    @Test func nameServersHearOfAChangeOneAfterTheOtherAndThenItIsInSync() {
        let (spread, statuses) = onBench { bench in
            let change = bench.call(Self.move, Estate.globalRegion)?.output
            var (spread, statuses): ([Int], [String]) = ([], [])
            for _ in 0..<70 {
                let moved = (0..<4).count { server in
                    bench.estate.answer(for: Self.name, server: server)?.value == Layouts.standbyHost
                }
                if spread.last != moved { spread.append(moved) }
                let status = bench.call(GetChange(id: change?.id ?? ""), Estate.globalRegion)?.output?.status
                if let status, statuses.last != status { statuses.append(status) }
                bench.pass(.seconds(1))
            }
            return (spread, statuses)
        }
        #expect(spread == [0, 1, 2, 3, 4])
        #expect(statuses == ["PENDING", "INSYNC"])
    }

    @Test func aChangeMayStayPendingThoughItsAnswerIsOut() {
        let (status, answer) = onBench { bench in
            bench.estate.changesStayPending = true
            let change = bench.call(Self.move, Estate.globalRegion)?.output
            bench.pass(.seconds(3600))
            return (
                bench.call(GetChange(id: change?.id ?? ""), Estate.globalRegion)?.output?.status,
                bench.estate.answer(for: Self.name, server: 3)?.value
            )
        }
        #expect(status == "PENDING")
        #expect(answer == Layouts.standbyHost)
    }

    @Test func aDeletionHasToNameEveryFieldAndABatchIsAllOrNothing() {
        let (errors, value) = onBench { bench in
            let batches = [
                Self.change(
                    RecordChange(.create, Self.set("x.example")),
                    RecordChange(.delete, Self.set(Layouts.primaryHost))),
                Self.change(RecordChange(.delete, Self.set(Layouts.primaryHost, ttl: 31))),
                Self.change(RecordChange(.delete, Self.set("x.example"))),
                ChangeResourceRecordSets(
                    hostedZoneId: "Z9", changes: [RecordChange(.upsert, Self.set("x.example"))]),
            ]
            let errors = batches.map { bench.call($0, Estate.globalRegion)?.code }
            let list = ListResourceRecordSets(hostedZoneId: "Z1")
            let sets = bench.call(list, Estate.globalRegion)?.output?.resourceRecordSets
            return (errors, sets?.first?.resourceRecords.first?.value)
        }
        let batch = "InvalidChangeBatch"
        #expect(errors == [batch, batch, batch, "NoSuchHostedZone"])
        #expect(value == Layouts.primaryHost)
    }

    @Test func twoChangesAtOnceGetInEachOthersWay() {
        let (code, kind) = onBench { bench in
            _ = bench.call(Self.move, Estate.globalRegion)
            let again = Self.change(RecordChange(.upsert, Self.set("x.example")))
            let options = CallOptions(maxAttempts: 1)
            let error = bench.call(again, Estate.globalRegion, options: options)?.error
            return (error?.code, error?.kind)
        }
        #expect(code == "PriorRequestNotComplete")
        #expect(kind == .throttled)
    }

    @Test func somebodyElsesChangeIsLeftAlone() {
        let (outcome, answer) = onBench { bench in
            let upsert = RecordChange(.upsert, Self.set("maintenance.shop.example"))
            _ = bench.call(Self.change(upsert), Estate.globalRegion)
            bench.pass(.seconds(60))
            return (bench.run(Layouts.move), bench.estate.answer(for: Self.name, server: 0)?.value)
        }
        #expect(!outcome.succeeded)
        #expect(answer == "maintenance.shop.example")
    }

    @Test func theLeverFollowsItsNewestSampleAndKeepsItsVerdictWithoutAny() {
        let layout = [Layouts.shop(traffic: [.route53HealthCheck(Layouts.lever)])]
        let answers = onBench(layout) { bench in
            func answer() -> String? { bench.estate.answer(for: Self.name, server: 0)?.value }
            func put(_ value: Double) {
                _ = bench.run(.flipHealthCheck(FlipHealthCheck(lever: Layouts.lever, value: value)))
            }
            var answers = [answer()]
            put(1)
            bench.pass(.seconds(130))
            answers.append(answer())
            bench.pass(.seconds(7200))
            answers.append(answer())
            put(0)
            bench.pass(.seconds(130))
            answers.append(answer())
            return answers
        }
        let (old, new) = (Layouts.primaryHost, Layouts.standbyHost)
        #expect(answers == [old, new, new, old])
    }
}
