import Testing

@testable import Failover

@Suite("The ledger of what a failover may have lost")
struct LedgerTests {
    @Test("is frozen as the plan is adopted: lag, its age, what was applied, and what would be lost")
    func frozen() throws {
        var world = LostRegionTests.confirmed()
        let ledger = try #require(world.state.ledgers.first)
        let lag = try #require(world.assessment?.databases.first?.lag)
        #expect(ledger.failover == 1 && ledger.at == world.now)
        #expect(ledger.limitSeconds == 30 && ledger.acceptedBy == nil)
        let entry = try #require(ledger.databases.first)
        #expect(entry.lagSeconds == lag.lagSeconds)
        #expect(entry.ageSeconds == 30)
        #expect(entry.appliedUpTo == World.start + .seconds(20))
        #expect(entry.predictedLossSeconds == 5, "dark was seen at 25 s")
        #expect(ledger.predictedLossSeconds == world.state.plan?.forecast.lossSeconds)
        world.finishSteps()
        world.run(.seconds(3600), pace: .seconds(60))
        #expect(world.state.ledgers == [ledger], "it does not change any more")
        #expect(world.machine.view(of: "shop", now: world.now)?.ledgers == [ledger])
    }

    @Test("tells where both sides were in their logs, where somebody asked")
    func positions() throws {
        var world = World()
        world.scene.sql = SQLAnswer(outcome: .wrote, detail: "committed", position: "0/3000148")
        world.scene.standbySQL = SQLAnswer(outcome: .looked, detail: "replayed", position: "0/3000060")
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(125))
        let entry = try #require(world.state.ledgers.first?.databases.first)
        #expect(entry.primaryPosition == "0/3000148")
        #expect(entry.primaryPositionAt == World.start + .seconds(20))
        #expect(entry.replicaPosition == "0/3000060")
    }

    @Test("names who accepted a loss that is over the limit or unknown, and says that it is unknown")
    func accepted() throws {
        var world = World()
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(150))
        #expect(world.ask(.failover, overriding: [.lag], reason: "sales are down")?.isAccepted == true)
        let ledger = try #require(world.state.ledgers.first)
        #expect(ledger.acceptedBy == "ana" && ledger.acceptedBecause == "sales are down")
        #expect(ledger.predictedLossSeconds == nil)
        #expect(ledger.databases == [LossLedger.Entry(database: "orders")])
    }

    @Test("goes with a plan that promoted nothing: nothing was lost")
    func abandoned() {
        var world = LostRegionTests.confirmed()
        world.finish(.failed(detail: "no", retryable: false, mayHaveHappened: false))
        #expect(world.state.plan == nil)
        #expect(world.state.ledgers.isEmpty)
    }

    private func close(_ failover: Int?, in world: inout World) -> OperatorReply? {
        let request = OperatorRequest(
            verb: .closeLedger, by: "ben", reason: "compared both sides", failover: failover)
        return world.handle(.request("shop", request)).reply
    }

    @Test("is closed by a person, by number, once the failover has ended, and that is on record")
    func closed() {
        var world = LostRegionTests.confirmed()
        #expect(close(1, in: &world)?.refusal?.contains("has not ended") == true)
        world.finishSteps()
        #expect(close(nil, in: &world)?.refusal?.contains("which failover's? Open: 1") == true)
        #expect(close(2, in: &world)?.refusal?.contains("failover 2 has no open ledger. Open: 1") == true)
        #expect(close(1, in: &world)?.isAccepted == true)
        #expect(world.state.ledgers.isEmpty)
        #expect(
            world.records.last?.event
                == .ledgerClosed(failover: 1, by: "ben", reason: "compared both sides"))
        #expect(close(1, in: &world)?.refusal?.contains("Open: none is") == true)
    }

    @Test("stays open over restarts and over the way back")
    func outlives() {
        var world = LostRegionTests.confirmed()
        world.finishSteps()
        world.restart()
        world.scene = Scene(of: .replica())
        world.run(.seconds(70))
        #expect(world.phase == .watching)
        #expect(world.state.ledgers.map(\.failover) == [1])
    }
}
