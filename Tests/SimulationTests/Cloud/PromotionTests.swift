import AWS
import Failover
import Testing

@testable import Simulation

@Suite struct PromotionTests {
    private static let site = SiteName(Layouts.standby)

    /// Status, and whether a source is named, each time that one of them changes.
    private func passed(_ bench: CloudBench, for span: Duration) -> [String] {
        var seen: [String] = []
        for _ in 0..<Int(span.milliseconds / 1000) {
            bench.pass(.seconds(1))
            let state = bench.estate.databaseState(
                of: "orders-replica", in: Layouts.new, asOf: bench.time.now
            ).value
            let word = "\(state?.status ?? "") \(state?.role.rawValue ?? "")"
            if seen.last != word { seen.append(word) }
        }
        return seen
    }

    @Test func itPassesThroughTheStatusesOfAWSAndLosesItsSourceLate() {
        let courses = (0..<8).map { seed in
            onBench(seed: seed) { bench in
                _ = bench.call(PromoteReadReplica(dbInstanceIdentifier: "orders-replica"), Layouts.new)
                return passed(bench, for: .seconds(900))
            }
        }
        let plain = [
            "modifying replica", "rebooting replica", "modifying writer", "available writer",
        ]
        let withBackup = [
            "modifying replica", "rebooting replica", "backing-up writer", "available writer",
        ]
        for course in courses { #expect(course == plain || course == withBackup) }
        #expect(courses.contains(plain) && courses.contains(withBackup))
    }

    @Test func whatIsPromotedAlreadyOrBusyIsRefused() {
        let codes = onBench { bench in
            let promote = PromoteReadReplica(dbInstanceIdentifier: "orders-replica")
            var codes = [bench.call(promote, Layouts.new)?.code, bench.call(promote, Layouts.new)?.code]
            bench.pass(.seconds(900))
            codes.append(bench.call(promote, Layouts.new)?.code)
            codes.append(
                bench.call(PromoteReadReplica(dbInstanceIdentifier: "orders"), Layouts.old)?.code)
            codes.append(bench.call(PromoteReadReplica(dbInstanceIdentifier: "nobody"), Layouts.new)?.code)
            return codes
        }
        let busy = "InvalidDBInstanceState"
        #expect(codes == [nil, busy, busy, busy, "DBInstanceNotFound"])
    }

    @Test func whatTheReplicaHadNotReceivedIsLostAndCounted() throws {
        let (effects, reckoning, exposure) = onBench { bench in
            bench.write(to: Layouts.primaryHost, every: .seconds(1), for: .seconds(600))
            bench.pass(.seconds(120))
            bench.estate.setReplicationCut(true, of: Self.site)
            bench.pass(.seconds(30))
            bench.estate.beginTrouble(at: SiteName(Layouts.primary), status: nil)
            bench.pass(.seconds(200))
            let database = bench.estate.databases[0]
            let exposure = bench.estate.exposure(of: database)
            _ = bench.call(PromoteReadReplica(dbInstanceIdentifier: "orders-replica"), Layouts.new)
            bench.pass(.seconds(900))
            return (bench.effects, bench.estate.reckoning(of: database), exposure)
        }
        let fork = try #require(reckoning.fork)
        // A second's writes for each second of the cut, and what was on its way.
        #expect((29...34).contains(fork.lostCommits))
        #expect(fork.lostCommits == exposure?.commits)
        #expect((.seconds(28)...(.seconds(34))).contains(fork.lostSpan))
        #expect(reckoning.conflicting == 0)
        #expect(
            effects.contains(
                .lost("orders", commits: fork.lostCommits, seconds: fork.lostSpan.inSeconds)))
    }

    @Test func whatAnUnfencedOldWriterTakesAfterwardsIsInConflict() {
        let (reckoning, writers) = onBench { bench in
            _ = bench.call(PromoteReadReplica(dbInstanceIdentifier: "orders-replica"), Layouts.new)
            bench.pass(.seconds(900))
            bench.write(to: Layouts.primaryHost, every: .seconds(1), for: .seconds(10))
            bench.write(to: Layouts.standbyHost, every: .seconds(1), for: .seconds(4))
            bench.pass(.seconds(20))
            let database = bench.estate.databases[0]
            return (bench.estate.reckoning(of: database), bench.estate.writers(of: database))
        }
        #expect(reckoning.conflicting == 10)
        #expect(reckoning.onNewWriter == 4)
        #expect(reckoning.isSplit)
        #expect(writers == [SiteName(Layouts.primary), SiteName(Layouts.standby)])
    }

    @Test func itMayBeGivenUpAndIsAReplicaAsBefore() {
        let (course, effects, delay) = onBench { bench in
            bench.estate.databases[0].course = .isGivenUp
            _ = bench.call(PromoteReadReplica(dbInstanceIdentifier: "orders-replica"), Layouts.new)
            let course = passed(bench, for: .seconds(900))
            let horizon = bench.estate.databases[0].stream.horizon(at: bench.time.now)
            return (course, bench.effects, bench.time.now - horizon)
        }
        #expect(course == ["modifying replica", "available replica"])
        #expect(effects.isEmpty)
        #expect(delay < .seconds(5))
    }

    @Test func itMayBreak() {
        let (course, answer) = onBench { bench in
            bench.estate.databases[0].course = .breaks
            _ = bench.call(PromoteReadReplica(dbInstanceIdentifier: "orders-replica"), Layouts.new)
            return (passed(bench, for: .seconds(900)), bench.estate.probe(Layouts.standbyHost)?.answered)
        }
        #expect(course == ["modifying replica", "failed replica"])
        #expect(answer == false)
    }

    @Test func whileItIsStuckNothingHappensAndThenItGoesOn() {
        let (before, after) = onBench { bench in
            bench.estate.databases[0].isStuck = true
            _ = bench.call(PromoteReadReplica(dbInstanceIdentifier: "orders-replica"), Layouts.new)
            let before = passed(bench, for: .seconds(3600))
            bench.estate.databases[0].isStuck = false
            return (before, passed(bench, for: .seconds(900)).last)
        }
        #expect(before == ["modifying replica"])
        #expect(after == "available writer")
    }

    @Test func aTroubleMeanwhileDoesNotMakeItLookUndone() {
        let (code, effects) = onBench { bench in
            let promote = PromoteReadReplica(dbInstanceIdentifier: "orders-replica")
            _ = bench.call(promote, Layouts.new)
            bench.estate.beginTrouble(at: Self.site, status: "rebooting")
            bench.pass(.seconds(1))
            bench.estate.endTrouble(at: Self.site, status: "rebooting")
            let code = bench.call(promote, Layouts.new)?.code
            bench.pass(.seconds(1200))
            return (code, bench.effects)
        }
        #expect(code == "InvalidDBInstanceState")
        #expect(effects.count { if case .promoted = $0 { true } else { false } } == 1)
    }

    @Test func itWaitsForItsRegionAndIsDoneOnceOnly() {
        let (before, effects) = onBench { bench in
            _ = bench.call(PromoteReadReplica(dbInstanceIdentifier: "orders-replica"), Layouts.new)
            bench.estate.begin(.control(.silent), in: Layouts.new)
            bench.pass(.seconds(3600))
            let before = bench.effects
            bench.estate.end(.control(.silent), in: Layouts.new)
            bench.pass(.seconds(1200))
            return (before, bench.effects)
        }
        #expect(before.isEmpty)
        #expect(effects.count == 2)
    }
}

extension Result where Failure == AWSError {
    /// AWS's error code; nil when it went well.
    var code: String? {
        if case .failure(let error) = self { error.code ?? "\(error.kind)" } else { nil }
    }

    var error: AWSError? { if case .failure(let error) = self { error } else { nil } }
    var output: Success? { try? get() }
}
