import Failover
import Testing

@testable import Simulation

@Suite struct EndpointCheckTests {
    private func isHealthy(_ bench: CloudBench) -> Bool {
        bench.estate.endpointChecks["check-1"].map { bench.estate.isHealthy($0, at: bench.time.now) } ?? false
    }

    @Test func itTurnsAfterThreeLooksOfEnoughCheckersAndBackAgain() {
        let (down, up) = onBench { bench in
            bench.pass(.seconds(600))
            func secondsUntil(_ healthy: Bool) -> Int {
                for second in 0..<600 {
                    if isHealthy(bench) == healthy { return second }
                    bench.pass(.seconds(1))
                }
                return 600
            }
            bench.estate.beginTrouble(at: SiteName(Layouts.primary), status: nil)
            let down = secondsUntil(false)
            bench.estate.endTrouble(at: SiteName(Layouts.primary), status: nil)
            return (down, secondsUntil(true))
        }
        // Three looks are 60 to 90 s, until all but one of eight checkers have had them.
        #expect((61...91).contains(down))
        #expect((60...91).contains(up))
    }

    @Test func oneCheckerOfEightIsNotEnoughToCallItHealthyAndTwoAre() {
        let verdicts = onBench { bench in
            [5, 6, 7, 8].map { failing in
                bench.estate.endpointChecks["check-1"]?.failing.set(failing, at: bench.time.now)
                bench.pass(.seconds(300))
                return isHealthy(bench)
            }
        }
        #expect(verdicts == [true, true, false, false])
    }

    @Test func theMetricComesMinutesAfterTheCheckersThemselves() {
        let (metric, checkers) = onBench { bench in
            bench.pass(.seconds(600))
            bench.estate.begin(.noData, in: Layouts.old)
            let start = bench.time.now
            var (metric, checkers): (Duration?, Duration?)
            for _ in 0..<600 {
                bench.pass(.seconds(1))
                let (now, estate) = (bench.time.now, bench.estate)
                if checkers == nil, estate.checkerSample(of: "check-1", at: now)?.healthy == false {
                    checkers = now - start
                }
                if metric == nil, estate.healthSample(of: "check-1", publishedBy: now)?.healthy == false {
                    metric = now - start
                }
            }
            return (metric, checkers)
        }
        #expect((checkers ?? .seconds(999)) <= .seconds(30))
        #expect((.seconds(90)...(.seconds(330))).contains(metric ?? .zero))
    }

    @Test func withoutTheRegionThatPublishesThereIsNoSample() {
        let sample = onBench { bench in
            bench.estate.begin(.noMetrics, in: Estate.globalRegion)
            bench.pass(.seconds(1800))
            return bench.estate.healthSample(of: "check-1", publishedBy: bench.time.now)
        }
        #expect(sample == nil)
    }
}
