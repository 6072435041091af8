import AWS
import Failover
import Testing

@testable import Simulation

@Suite struct LagTests {
    private static let site = SiteName(Layouts.standby)

    private func samples(_ bench: CloudBench) -> [LagSample] {
        bench.estate.lagSamples(of: bench.estate.databases[0], publishedBy: bench.time.now)
    }

    @Test func thereIsOneSampleAMinutePublishedUpToThreeMinutesLate() {
        let ages = onBench { bench in
            bench.pass(.seconds(1800))
            return (0..<60).map { _ -> Duration in
                bench.pass(.seconds(60))
                let samples = samples(bench)
                for (newer, older) in zip(samples, samples.dropFirst())
                where newer.sampledAt <= older.sampledAt {
                    return .zero
                }
                return bench.time.now - (samples.first?.sampledAt ?? bench.time.now)
            }
        }
        #expect(ages.allSatisfy { (.seconds(60)...(.seconds(240))).contains($0) })
        #expect(Set(ages).count > 1)
    }

    @Test func aSampleThatWasReadOnceStaysAsItWas() {
        let (before, after) = onBench { bench in
            bench.pass(.seconds(1800))
            let before = samples(bench)
            bench.pass(.seconds(180))
            return (before, samples(bench))
        }
        #expect(!before.isEmpty)
        for sample in before.prefix(5) { #expect(after.contains(sample)) }
    }

    @Test func anIdlePrimaryLooksUpToFiveMinutesBehind() {
        let lags = onBench { bench in
            bench.estate.databases[0].heartbeat = nil
            return (0..<40).flatMap { _ -> [Double] in
                bench.pass(.seconds(300))
                return samples(bench).compactMap(\.lagSeconds)
            }
        }
        #expect((lags.max() ?? 0) > 200)
        #expect((lags.max() ?? 999) <= 304)
    }

    @Test func aHeartbeatMakesTheLagTellTheTruth() {
        let lags = onBench([Layouts.shop(stallAfter: .seconds(60))]) { bench in
            bench.pass(.seconds(3600))
            return samples(bench).compactMap(\.lagSeconds)
        }
        #expect((6...9).contains(lags.count))
        #expect(lags.allSatisfy { (0..<14).contains($0) })
    }

    @Test func itGrowsWhileNothingGetsThroughAndShrinksAfterwards() {
        let (during, after) = onBench([Layouts.shop(stallAfter: .seconds(60))]) { bench in
            bench.pass(.seconds(1800))
            bench.estate.setReplicationCut(true, of: Self.site)
            bench.pass(.seconds(900))
            let during = samples(bench).compactMap(\.lagSeconds)
            bench.estate.setReplicationCut(false, of: Self.site)
            bench.pass(.seconds(900))
            return (during, samples(bench).compactMap(\.lagSeconds))
        }
        #expect((during.first ?? 0) > 600)
        #expect(zip(during, during.dropFirst()).prefix(8).allSatisfy { $0 > $1 })
        #expect((after.first ?? 999) < 14)
    }

    @Test func aReplicaThatStoppedOnAnErrorPublishesThatItDoesNotReplicate() {
        let (sample, state) = onBench { bench in
            bench.estate.setReplicationError("slot is gone", of: Self.site)
            bench.pass(.seconds(600))
            let state = bench.estate.databaseState(
                of: "orders-replica", in: Layouts.new, asOf: bench.time.now)
            return (samples(bench).first, state.value)
        }
        #expect(sample != nil)
        #expect(sample?.lagSeconds == nil)
        #expect(state?.replication?.normal == false)
    }

    @Test func withoutItsRegionOrCloudWatchThereAreNoSamples() {
        for trouble in [RegionTrouble.noData, .noMetrics] {
            let newest = onBench { bench in
                bench.pass(.seconds(600))
                bench.estate.begin(trouble, in: Layouts.new)
                bench.pass(.seconds(1200))
                return samples(bench).first.map { $0.sampledAt - World.start }
            }
            #expect(newest.map { $0 <= .seconds(600) } ?? true)
        }
    }

    @Test func metricsMayBeLate() {
        let age = onBench { bench in
            bench.pass(.seconds(600))
            bench.estate.begin(.lateMetrics(by: .seconds(420)), in: Layouts.new)
            bench.pass(.seconds(900))
            return samples(bench).first.map { bench.time.now - $0.sampledAt }
        }
        #expect((age ?? .zero) >= .seconds(420))
    }

    @Test func aWriterPublishesNoLag() {
        let newest = onBench { bench in
            _ = bench.run(Layouts.promote)
            _ = bench.run(Layouts.awaitInstance)
            bench.pass(.seconds(1200))
            return samples(bench).first
        }
        #expect(newest == nil)
    }

    /// Whatever the lag says, nothing older than it proves is ever lost.
    @Test(arguments: 0..<12) func noMoreIsLostThanTheOldestSampleForetells(_ seed: UInt64) throws {
        let (sample, fork) = onBench([Layouts.shop(stallAfter: .seconds(60))], seed: seed) { bench in
            var chance = Seed(seed).stream("test")
            bench.write(to: Layouts.primaryHost, every: .seconds(3), for: .seconds(4000))
            bench.pass(chance.duration(.seconds(600)...(.seconds(1200))))
            bench.estate.limitReplication(of: Self.site, to: chance.unit() * 2)
            bench.pass(chance.duration(.zero...(.seconds(600))))
            bench.estate.begin(.noData, in: Layouts.old)
            bench.pass(.seconds(200))
            let sample = samples(bench).first
            _ = bench.call(PromoteReadReplica(dbInstanceIdentifier: "orders-replica"), Layouts.new)
            bench.pass(.seconds(900))
            return (sample, bench.estate.databases[0].fork)
        }
        let (applied, cut) = (try #require(sample?.appliedUpTo), try #require(fork))
        #expect(cut.horizon >= applied)
        #expect(cut.at - applied >= cut.lostSpan)
    }
}
