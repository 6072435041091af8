import AWS
import Failover
import Testing

@testable import Simulation

/// Whatever happens to it in whatever order, some things stay true of the simulated AWS.
@Suite struct EstateWalkTests {
    private static let sites = [SiteName(Layouts.primary), SiteName(Layouts.standby)]
    private static let regions = [Layouts.old, Layouts.new, Estate.globalRegion]
    private static let troubles: [RegionTrouble] = [
        .noData, .control(.silent), .control(.failing), .noMetrics, .lateMetrics(by: .seconds(300)),
    ]

    /// One thing that somebody or nobody does.
    private func stumble(_ bench: CloudBench, _ chance: inout Chance) {
        let (estate, region) = (bench.estate, chance.one(of: Self.regions))
        let (site, isOn) = (chance.one(of: Self.sites), chance.happens(0.5))
        let once = CallOptions(attemptTimeout: .seconds(5), maxAttempts: 1)
        switch chance.number(0...11) {
        case 0, 1:
            let trouble = chance.one(of: Self.troubles)
            if isOn { estate.begin(trouble, in: region) } else { estate.end(trouble, in: region) }
        case 2, 3:
            let status = chance.one(of: ["rebooting", "failing-over", nil])
            if isOn {
                estate.beginTrouble(at: site, status: status)
            } else {
                estate.endTrouble(at: site, status: status)
            }
        case 4: estate.setReplicationCut(isOn, of: site)
        case 5: estate.limitReplication(of: site, to: isOn ? chance.unit() : nil)
        case 6: estate.setReplicationError(isOn ? "lost its slot" : nil, of: site)
        case 7: estate.databases[0].isStuck = isOn
        case 8: _ = bench.call(RebootDBInstance(dbInstanceIdentifier: "orders"), Layouts.old, options: once)
        case 9:
            let promote = PromoteReadReplica(dbInstanceIdentifier: "orders-replica")
            _ = bench.call(promote, Layouts.new, options: once)
        case 10:
            let arn = "arn:aws:rds:eu-central-1:123456789012:cluster:orders-replica"
            let failover = AWS.FailoverGlobalCluster(
                globalClusterIdentifier: "shop-global", targetDbClusterIdentifier: arn, allowDataLoss: true)
            let detach = RemoveFromGlobalCluster(
                globalClusterIdentifier: "shop-global", dbClusterIdentifier: arn)
            if isOn {
                _ = bench.call(failover, Layouts.new, options: once)
            } else {
                _ = bench.call(detach, Layouts.new, options: once)
            }
        default:
            let group = isOn ? "sg-closed" : Estate.applicationGroup("shop", "orders", .primary)
            let close = ModifyDBInstance(dbInstanceIdentifier: "orders", vpcSecurityGroupIds: [group])
            _ = bench.call(close, Layouts.old, options: once)
        }
    }

    private struct Walk: Equatable, Sendable {
        var log: [String]
        var faults: [String]
    }

    private func walk(_ seed: UInt64) -> Walk {
        let kind = seed % 2 == 0 ? Database.Kind.rdsReplica : Layouts.aurora
        return onBench([Layouts.shop(kind: kind)], seed: seed) { bench in
            var chance = Seed(seed).stream("walk")
            bench.write(to: Layouts.primaryHost, every: .seconds(20), for: .seconds(7200))
            bench.write(to: Layouts.standbyHost, every: .seconds(20), for: .seconds(7200))
            let database = bench.estate.databases[0]
            var (faults, horizon): ([String], Timestamp) = ([], World.start - .seconds(10))
            for _ in 0..<80 {
                stumble(bench, &chance)
                bench.pass(chance.duration(.milliseconds(1)...(.seconds(60))))
                let now = database.stream.horizon(at: bench.time.now)
                if now < horizon { faults.append("the replica went back from \(horizon) to \(now)") }
                if now > bench.time.now - database.stream.delay { faults.append("the replica is ahead") }
                horizon = now
                let reckoning = bench.estate.reckoning(of: database)
                if reckoning.conflicting < 0 { faults.append("\(reckoning)") }
                _ = bench.estate.lagSamples(of: database, publishedBy: bench.time.now)
                _ = bench.estate.healthSample(of: "check-1", publishedBy: bench.time.now)
            }
            let begun = bench.effects.count {
                switch $0 {
                case .promoted, .detached, .globalFailover: true
                default: false
                }
            }
            if begun > 1 { faults.append("\(begun) promotions of one replica") }
            if begun == 0,
                bench.effects.contains(where: { if case .writerReady = $0 { true } else { false } })
            {
                faults.append("a writer out of nothing")
            }
            return Walk(log: bench.trace.happenings.map(\.description), faults: faults)
        }
    }

    @Test(arguments: 0..<16) func whatIsReplicatedStaysAndAReplicaIsPromotedOnce(_ seed: UInt64) {
        #expect(walk(seed).faults == [])
    }

    @Test func theSameStepsLeadToTheSamePlace() {
        for seed: UInt64 in [3, 4] { #expect(walk(seed) == walk(seed)) }
    }
}
