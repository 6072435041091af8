import Foundation
import Testing

@testable import Failover

@Suite("The probe in SQL")
struct SQLProbeTests {
    static let wrote = SQLAnswer(outcome: .wrote, detail: "committed a write", position: "0/3000148")
    static let stalled = SQLAnswer(
        outcome: .stalled, detail: "reads are answered, but a write did not commit in 5 s")
    static let crowded = SQLAnswer(outcome: .crowded, detail: "53300: sorry, too many clients already")
    static let refused = SQLAnswer(
        outcome: .turnedAway, detail: "28P01: password authentication failed for user \"drctl_probe\"")

    private func watching(_ sql: SQLAnswer? = wrote) -> World {
        var world = World()
        world.scene.sql = sql
        world.run(.seconds(20))
        return world
    }

    @Test("a committed write is life, as a bare answer is where there is no SQL")
    func committed() {
        #expect(watching().vote(.probe)?.opinion == .alive)
        #expect(watching().vote(.probe)?.because.hasSuffix("answered S, committed a write") == true)
        #expect(watching().verdict == .healthy)
        #expect(watching(nil).vote(.probe)?.because.hasSuffix(": answered S") == true)
    }

    @Test("D3: a server that answers and does not commit is suspected, with write-probe as the reason")
    func stalledWrites() {
        var world = watching()
        world.scene.sql = Self.stalled
        world.run(.seconds(10))
        #expect(world.verdict == .suspect)
        #expect(world.vote(.probe)?.opinion == .failed)
        #expect(world.vote(.probe)?.because.contains("write-probe: reads are answered") == true)
        world.run(.seconds(3600))
        #expect(world.phase == .suspected, "one kind of witness alone")
        #expect(world.promotions.isEmpty)
    }

    @Test("D3: checkers that still get an answer hold it back, and nobody calls it a partition")
    func stalledBesideCheckers() {
        var world = watching()
        world.scene.sql = Self.stalled
        world.scene.primary = .unknown(reason: .silent, detail: "timed out")
        world.run(.seconds(120))
        #expect(world.vote(.route53)?.opinion == .alive)
        #expect(world.verdict == .suspect)
    }

    @Test("D3: what cannot say that it writes does not clear it; a committed write does")
    func notClearedByReads() {
        var world = watching()
        world.scene.sql = Self.stalled
        world.run(.seconds(10))
        world.scene.sql = Self.crowded
        world.run(.seconds(300))
        #expect(world.vote(.probe)?.opinion == .failed)
        #expect(
            world.vote(.probe)?.because.contains("write-probe: no write since the last one stalled") == true)
        world.scene.sql = Self.wrote
        world.run(.seconds(70))
        #expect(world.phase == .watching)
    }

    @Test("D3: with the replica cut off as well, a server that does not commit is failed over")
    func stalledAndCutOff() {
        var world = watching()
        world.scene.sql = Self.stalled
        world.scene.replication = .samples([LagSample(sampledAt: world.now, lagSeconds: nil)])
        world.scene.route = .unknown(.missing)
        world.scene.standbySQL = beat(world.now - .seconds(5), seen: world.now)
        world.run(.seconds(5))
        #expect(world.verdict == .failed)
        let loss = world.assessment?.databases.first?.lag?.lossSeconds
        world.run(.seconds(10))
        // What a server that answers commits for others is not known: the loss grows.
        #expect(world.assessment?.databases.first?.lag?.lossSeconds == loss.map { $0 + 10 })
    }

    @Test("D3: that it answers is no return: the plan is carried out")
    func stalledIsNoReturn() {
        var world = World([.shop(quorum: 2).with { $0.maximumDataLoss = .seconds(300) }])
        world.scene.sql = Self.wrote
        world.run(.seconds(20))
        world.scene.sql = Self.stalled
        world.scene.route = .healthyUntil(world.now)
        world.scene.replication = .stalled(applied: world.now)
        world.run(.seconds(120))
        #expect(world.phase == .failingOver)
        world.finish()
        world.run(.seconds(10))
        #expect(world.phase == .failingOver)
        #expect(world.orders.first?.step.action.name == "fence")
    }

    @Test("D3: a server that goes on answering without committing is fenced and failed over all the same")
    func stalledToTheEnd() {
        var world = watching()
        world.scene.sql = Self.stalled
        world.scene.replication = .samples([LagSample(sampledAt: world.now, lagSeconds: 0)])
        world.run(.seconds(5))
        world.scene.replication = .samples([LagSample(sampledAt: world.now, lagSeconds: nil)])
        world.scene.route = .unknown(.missing)
        world.scene.standbySQL = beat(world.now, seen: world.now)
        for _ in 0..<30 where world.phase != .failedOver {
            world.ask(.failover, overriding: [.lag])
            world.run(.seconds(5))
            world.finishSteps()
        }
        #expect(world.phase == .failedOver)
        #expect(world.promotions.count == 1)
    }

    @Test("what a server that answered may have committed is not forgotten when it goes silent")
    func silentAtLast() {
        var world = watching()
        world.scene.standbySQL = beat(world.now, seen: world.now)
        world.scene.sql = Self.stalled
        world.run(.seconds(20))
        let loss = world.assessment?.databases.first?.lag?.lossSeconds ?? 0
        #expect(loss >= 20)
        world.scene.probe = .known(value: false)
        world.run(.seconds(10))
        #expect(world.assessment?.databases.first?.lag?.lossSeconds == loss)
    }

    @Test("D8: a password that expired is a fault of ours, and no outage whatever else is said")
    func misconfigured() {
        var world = watching()
        world.scene.sql = Self.refused
        world.run(.seconds(10))
        #expect(world.verdict == .configurationFault)
        #expect(world.assessment?.sentence.contains("28P01") == true)
        world.scene.primary = .unknown(reason: .silent, detail: "timed out")
        world.scene.replication = .samples([LagSample(sampledAt: world.now, lagSeconds: nil)])
        world.scene.route = .unknown(.missing)
        world.run(.seconds(60))
        #expect(world.verdict == .configurationFault)
        #expect(world.gate(.sourceAlive)?.open == false, "a server that turns us away lives")
        #expect(world.orderCount == 0)
    }

    @Test("a password that expired does not hide a death: then nothing answers any more")
    func misconfiguredThenDead() {
        var world = watching(Self.refused)
        world.scene.lose(at: world.now)
        world.run(.seconds(600))
        #expect(world.orderCount > 0)
    }

    @Test("a primary that will not write since it was told so is not a writer, and not dead")
    func readOnly() {
        var world = watching()
        world.scene.sql = SQLAnswer(outcome: .readOnly, detail: "25006: cannot execute INSERT")
        world.run(.seconds(10))
        #expect(world.verdict == .configurationFault)
        #expect(world.vote(.probe)?.because.contains("not a writer: 25006") == true)
    }

    @Test("a server without a connection to spare is suspicious, and alive")
    func crowdedServer() {
        var world = watching()
        world.scene.sql = Self.crowded
        world.run(.seconds(10))
        #expect(world.vote(.probe)?.opinion == .alive)
        #expect(world.verdict == .suspect)
    }

    /// The primary's Region is lost, and the standby says this in SQL.
    private func lost(_ standby: SQLAnswer) -> World {
        var world = watching()
        world.scene.standbySQL = standby
        world.scene.lose(at: world.now)
        world.run(.seconds(600))
        #expect(world.phase == .blocked)
        #expect(world.promotions.isEmpty)
        return world
    }

    @Test("D9: a standby that shows the same symptom is not fit")
    func unfitStandby() {
        var world = lost(Self.stalled)
        #expect(world.assessment?.closedGates == [.target])
        #expect(world.gate(.target)?.because.contains("orders-b cannot be read") == true)
        #expect(world.ask(.failover, overriding: GateID.allCases)?.isAccepted == false)
    }

    @Test("D9: a standby that lacks the probe's own table has that from its source, and is not fit")
    func standbyWithoutTheTable() {
        let missing = SQLAnswer(
            outcome: .misconfigured, detail: "42P01: relation \"drctl.heartbeat\" does not exist")
        var world = lost(missing)
        #expect(world.assessment?.closedGates == [.target])
        #expect(world.gate(.target)?.because.contains("orders-b lacks what drctl asks for (42P01") == true)
        #expect(world.ask(.failover, overriding: GateID.allCases)?.isAccepted == false)
    }

    @Test("a standby that turns our own login away is promoted when a person says so by name, not otherwise")
    func lockedOut() {
        var world = lost(Self.refused)
        #expect(world.assessment?.closedGates == [.targetLogin])
        #expect(world.gate(.targetLogin)?.because.contains("drctl cannot ask orders-b") == true)
        #expect(world.ask(.failover)?.refusal?.contains("--override target-login") == true)
        #expect(world.ask(.failover, overriding: [.targetLogin])?.isAccepted == true)
        world.finishSteps()
        #expect(world.phase == .failedOver)
    }

    @Test("a standby that cannot be asked is told while all is well")
    func standbyMisconfigured() {
        var world = watching()
        world.scene.standbySQL = Self.refused
        world.run(.seconds(10))
        #expect(world.verdict == .configurationFault)
    }

    /// A replica that has a row written at `written`.
    private func beat(_ written: Timestamp, seen: Timestamp) -> SQLAnswer {
        let sample = LagSample(sampledAt: seen, lagSeconds: (seen - written).inSeconds)
        return SQLAnswer(outcome: .looked, detail: "replayed", position: "0/3000060", heartbeat: sample)
    }

    @Test("a heartbeat proves what the replica has, where the metric says less or nothing")
    func heartbeat() {
        var world = watching()
        world.scene.replication = .unknown(.missing)
        world.scene.standbySQL = beat(world.now - .seconds(3), seen: world.now)
        world.run(.seconds(5))
        #expect(world.assessment?.databases.first?.lag?.lagSeconds == 3)
    }

    @Test("an old heartbeat is no sign of a broken replica: it may be our own probe that wrote none")
    func oldHeartbeat() {
        var world = watching()
        world.scene.standbySQL = beat(world.now - .seconds(3600), seen: world.now)
        world.run(.seconds(5))
        #expect(world.vote(.replication)?.opinion == .healthy)
        #expect(world.verdict == .healthy)
    }

    @Test("a heartbeat of another host's that is younger than our outage is a veto")
    func heartbeatAfterTheOutage() {
        var world = watching()
        world.scene.loseSight()
        world.scene.replication = .unknown(.missing)
        world.run(.seconds(10))
        world.scene.standbySQL = beat(world.now, seen: world.now)
        world.run(.seconds(5))
        #expect(world.vote(.replication)?.opinion == .alive)
        #expect(world.verdict == .partitioned)
    }

    /// The primary's Region is lost to everybody outside it, and the lag metric has no samples from then on.
    private func beyondASilentMetric() -> World {
        var world = watching()
        world.scene.lose(at: world.now)
        world.scene.replication = .unknown(.missing)
        return world
    }

    @Test("D1: behind a lost edge, with the lag metric silent for good, what clients commit is a veto")
    func silentMetricBehindALostEdge() {
        var world = beyondASilentMetric()
        for _ in 0..<240 {
            world.scene.standbySQL = beat(world.now - .seconds(1), seen: world.now)
            world.run(.seconds(5))
        }
        #expect(world.verdict == .partitioned)
        #expect(world.gate(.replicaView)?.because.contains("the replica has a commit from") == true)
        #expect(world.promotions.isEmpty && world.orderCount == 0)
        // And it is no veto for ever, should it die then.
        let died = world.now
        for _ in 0..<90 {
            world.scene.standbySQL = beat(died, seen: world.now)
            world.run(.seconds(5))
        }
        #expect(world.verdict == .failed)
        #expect(world.assessment?.closedGates == [.lag], "nobody knows when it died")
    }

    @Test("what a dying primary commits after our connection is lost delays its failover, no more")
    func dyingPrimary() {
        var world = World([.shop().with { $0.maximumDataLoss = .seconds(300) }])
        world.run(.seconds(20))
        world.scene.loseSight()
        for _ in 0..<6 {
            world.scene.standbySQL = beat(world.now, seen: world.now)
            world.run(.seconds(5))
        }
        #expect(world.verdict == .partitioned)
        let died = world.now
        world.scene.lose(at: died)
        world.scene.replication = .unknown(.missing)
        for _ in 0..<80 where world.orderCount == 0 {
            world.scene.standbySQL = beat(died, seen: world.now)
            world.run(.seconds(5))
        }
        #expect(world.orderCount > 0)
        let loss = world.state.plan?.forecast.lossSeconds ?? 0
        #expect((50...61).contains(loss), "until the last proof of its life")
    }

    @Test("a primary that is truly dead is failed over though the lag metric stays silent")
    func silentMetricAndADeadPrimary() {
        var world = beyondASilentMetric()
        let died = world.now
        for _ in 0..<120 where world.orderCount == 0 {
            world.scene.standbySQL = beat(died, seen: world.now)
            world.run(.seconds(5))
        }
        #expect(world.orderCount > 0)
        #expect(world.now - died < .seconds(300))
    }

    @Test("the last position that the primary told outlives it")
    func position() {
        var store = EvidenceStore()
        func take(_ answer: ProbeAnswer, at seconds: Int64) {
            store.take(
                Observation(
                    workload: "shop", database: "orders", source: "-", vantage: "-",
                    at: World.start + .seconds(seconds),
                    fact: .probe(side: .primary, reading: .known(value: answer))))
        }
        take(ProbeAnswer(answered: true, detail: "-", sql: Self.wrote), at: 0)
        take(ProbeAnswer(answered: true, detail: "-", sql: Self.stalled), at: 10)
        take(ProbeAnswer(answered: false, detail: "refused"), at: 20)
        let last = store.lastPosition(.primaryProbe, of: "orders")
        #expect(last?.position == "0/3000148")
        #expect(last?.at == World.start)
    }

    @Test("an answer in a journal from before SQL was asked still reads")
    func olderJournals() throws {
        let old = Data(#"{"answered":true,"detail":"answered S"}"#.utf8)
        let answer = try JSONDecoder().decode(ProbeAnswer.self, from: old)
        #expect(answer == ProbeAnswer(answered: true, detail: "answered S"))
        let new = ProbeAnswer(answered: true, detail: "answered S", sql: beat(World.start, seen: World.start))
        #expect(try JSONDecoder().decode(ProbeAnswer.self, from: JSONEncoder().encode(new)) == new)
    }
}
