import AWS
import Failover
import Testing

@testable import Simulation

@Suite struct AuroraOnEstateTests {
    private static let layout = [Layouts.shop(kind: Layouts.aurora)]
    private static let secondary = "arn:aws:rds:eu-central-1:123456789012:cluster:orders-replica"
    private static let writer = "arn:aws:rds:eu-west-1:123456789012:cluster:orders"

    private static func failover(_ allowDataLoss: Bool? = true) -> AWS.FailoverGlobalCluster {
        AWS.FailoverGlobalCluster(
            globalClusterIdentifier: "shop-global", targetDbClusterIdentifier: secondary,
            allowDataLoss: allowDataLoss)
    }

    private func look(_ bench: CloudBench) -> GlobalCluster? {
        bench.call(DescribeGlobalClusters(), Layouts.new)?.output?.globalClusters.first
    }

    @Test func theReplySaysPendingAndTheOldWriterIsStillCalledOne() throws {
        let reply = onBench(Self.layout) { bench in bench.call(Self.failover(), Layouts.new)?.output }
        let cluster = try #require(reply)
        #expect(cluster.status == "failing-over")
        #expect(cluster.failoverState?.status == "pending")
        #expect(cluster.failoverState?.toDbClusterArn == Self.secondary)
        #expect(cluster.globalClusterMembers.map(\.isWriter) == [true, false])
    }

    @Test func theFlagsChangeAfterTheNewWriterTakesCommits() throws {
        let (ready, flagged) = onBench(Self.layout) { bench in
            _ = bench.call(Self.failover(), Layouts.new)
            var flagged: Duration?
            while flagged == nil, bench.time.now - World.start < .seconds(1200) {
                bench.pass(.seconds(1))
                let writer = look(bench)?.globalClusterMembers.first { $0.isWriter }
                if writer?.dbClusterArn == Self.secondary { flagged = bench.time.now - World.start }
            }
            let ready = bench.when { if case .writerReady = $0 { true } else { false } }
            return (ready, flagged)
        }
        #expect(try #require(ready) + .seconds(5) < (try #require(flagged)))
    }

    @Test func withoutABlockTheOldWriterTakesCommitsUntilItRejoins() {
        var temper = Temper()
        temper.writeBlocks = 0
        let (during, after) = onBench(Self.layout, temper: temper) { bench in
            bench.estate.begin(.control(.silent), in: Layouts.old)
            _ = bench.run(Layouts.globalFailover)
            _ = bench.run(Layouts.awaitCluster)
            let during = bench.estate.writers(of: bench.estate.databases[0])
            bench.estate.end(.control(.silent), in: Layouts.old)
            bench.pass(.seconds(900))
            return (during, bench.estate.writers(of: bench.estate.databases[0]))
        }
        #expect(during == [SiteName(Layouts.primary), SiteName(Layouts.standby)])
        #expect(after == [SiteName(Layouts.standby)])
    }

    @Test func aSwitchoverWaitsForTheOldWriter() {
        let (state, effects) = onBench(Self.layout) { bench in
            _ = bench.call(Self.failover(nil), Layouts.new)
            bench.pass(.seconds(3600))
            return (look(bench)?.failoverState, bench.effects)
        }
        #expect(state?.isDataLossAllowed == false)
        #expect(effects.isEmpty)
    }

    @Test func whatCannotBeIsRefusedWithTheCodesOfAWS() {
        let codes = onBench(Self.layout) { bench in
            func detach(_ arn: String, _ region: Region, _ name: String = "shop-global") -> String? {
                bench.call(
                    RemoveFromGlobalCluster(globalClusterIdentifier: name, dbClusterIdentifier: arn), region
                )?.code
            }
            return [
                detach(Self.writer, Layouts.old), detach(Self.secondary, Layouts.old),
                detach(Self.secondary, Layouts.new, "nobody"), detach("arn:x", Layouts.new),
                detach(Self.secondary, Layouts.new), detach(Self.secondary, Layouts.new),
                bench.call(Self.failover(), Layouts.new)?.code,
            ]
        }
        #expect(
            codes == [
                "InvalidGlobalClusterStateFault", "InvalidDBClusterStateFault", "GlobalClusterNotFoundFault",
                "DBClusterNotFoundFault", nil, "InvalidGlobalClusterStateFault",
                "InvalidGlobalClusterStateFault",
            ])
    }

    @Test func whatIsDetachedIsNoMemberFromThenOnAndAWriterALittleLater() throws {
        let (gone, ready) = onBench(Self.layout) { bench in
            let detach = RemoveFromGlobalCluster(
                globalClusterIdentifier: "shop-global", dbClusterIdentifier: Self.secondary)
            _ = bench.call(detach, Layouts.new)
            while bench.effects.isEmpty { bench.pass(.seconds(1)) }
            let gone = (look(bench) == nil, bench.estate.probe(Layouts.standbyHost) == nil)
            while bench.effects.count < 2 { bench.pass(.seconds(1)) }
            return (gone, bench.estate.probe(Layouts.standbyHost)?.answered)
        }
        #expect(gone == (true, true))
        #expect(ready == true)
    }

    @Test func nothingLeavesAGlobalClusterThatIsFailingOver() {
        let code = onBench(Self.layout) { bench in
            _ = bench.call(Self.failover(), Layouts.new)
            let detach = RemoveFromGlobalCluster(
                globalClusterIdentifier: "shop-global", dbClusterIdentifier: Self.secondary)
            return bench.call(detach, Layouts.new)?.code
        }
        #expect(code == "InvalidGlobalClusterStateFault")
    }

    @Test func aRegionWithoutAMemberDoesNotKnowTheGlobalCluster() {
        let (before, after) = onBench(Self.layout) { bench in
            let look = DescribeGlobalClusters(globalClusterIdentifier: "shop-global")
            let before = bench.call(look, Layouts.new)?.code
            _ = bench.run(Layouts.detach)
            return (before, bench.call(look, Layouts.new)?.code)
        }
        #expect(before == nil)
        #expect(after == "GlobalClusterNotFoundFault")
    }

    @Test func theLagIsThatOfTheStorage() {
        let lags = onBench(Self.layout) { bench in
            bench.pass(.seconds(1800))
            return bench.estate.lagSamples(of: bench.estate.databases[0], publishedBy: bench.time.now)
        }
        #expect((6...9).contains(lags.count))
        #expect(lags.allSatisfy { ($0.lagSeconds ?? 9) <= 3 })
    }

    @Test func theWriterEndpointOfASecondaryIsSilent() {
        let (secondary, writer) = onBench(Self.layout) { bench in
            (bench.estate.probe(Layouts.standbyHost), bench.estate.probe(Layouts.primaryHost))
        }
        #expect(secondary == nil)
        #expect(writer?.answered == true)
    }
}
