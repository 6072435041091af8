import Testing

@testable import Failover

@Suite("Explaining")
struct ExplanationTests {
    /// Healthy for 20 s, then the primary's Region is gone while somebody has it on hold.
    private static func held() -> World {
        var world = World()
        world.run(.seconds(20))
        world.ask(.hold, reason: "moving house")
        world.scene.lose(at: world.now)
        world.run(.seconds(200))
        return world
    }

    private func explanation(_ world: World, at seconds: Int? = nil) -> Explanation {
        let at = seconds.map { World.start + .seconds($0) }
        let end = at ?? world.now
        return Explanation(workload: "shop", at: at, records: world.records.filter { $0.at <= end })
    }

    @Test("why not: names every closed gate, since when, and on what evidence")
    func whyNot() throws {
        let world = Self.held()
        let explained = explanation(world)
        #expect(explained.phase == .blocked)
        #expect(explained.closed.map(\.id) == explained.assessment?.closedGates)
        let hold = try #require(explained.closed.first { $0.id == .hold })
        #expect(hold.because.contains("moving house"))
        #expect(hold.since <= World.start + .seconds(30))
        #expect(explained.told?.contains("BLOCKED") == true)
    }

    @Test("a gate that opened and closed again is closed since the second time")
    func since() throws {
        var world = Self.held()
        world.ask(.release)
        world.run(.seconds(10))
        world.ask(.hold, reason: "again")
        world.run(.seconds(60))
        let explained = explanation(world)
        if let hold = explained.closed.first(where: { $0.id == .hold }) {
            #expect(hold.since > World.start + .seconds(220))
        }
    }

    @Test("at a time: what held then, while nothing was decided")
    func before() throws {
        let world = Self.held()
        let explained = explanation(world, at: 15)
        #expect(explained.phase == nil)
        #expect(!explained.isEmpty)
        #expect(explained.assessment?.verdict == .healthy)
        let quorum = try #require(explained.closed.first { $0.id == .quorum })
        #expect(quorum.because.contains("0 of 2"))
        #expect(
            quorum.evidence.contains {
                $0.slot == .primaryProbe && $0.observedAt <= World.start + .seconds(15)
            })
    }

    @Test("why: what a failover began on stays in view, whatever has happened since")
    func why() throws {
        var world = World([.shop(mode: .observe)])
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(200))
        #expect(explanation(world).decision == nil)
        world.ask(.failover, overriding: [.lag], reason: "the Region burns")
        let asked = world.now
        world.run(.seconds(5))
        world.finishSteps()
        world.run(.seconds(600))
        let explained = explanation(world)
        #expect(explained.phase == .failedOver && explained.rule == "plan-completed")
        let decision = try #require(explained.decision)
        #expect(decision.at == asked && decision.rule == "manual")
        guard case .manual("ana", "the Region burns", _)? = decision.origin else {
            Issue.record("by \(String(describing: decision.origin))")
            return
        }
        #expect(decision.assessment.closedGates == [.mode])
        #expect(decision.assessment.databases.flatMap(\.votes).contains { $0.opinion == .failed })
        #expect(explanation(world, at: 15).decision == nil)
    }

    @Test("before the first record nothing is known")
    func nothing() {
        #expect(explanation(Self.held(), at: -5).isEmpty)
    }

    @Test("while nobody watched it says so, whether the process had stopped or died")
    func absence() {
        var records = Self.held().records
        let stop = World.start + .seconds(500)
        let start = Record(
            at: stop + .seconds(100), workload: nil, epoch: 0, rule: nil,
            event: .controllerStarted(version: "1", configurationDigest: "d"))
        var died = Explanation(workload: "shop", records: records)
        died.take(next: start, lastWord: records.last?.at)
        #expect(died.absence == .init(since: records[records.count - 1].at, until: start.at, reason: nil))

        records.append(
            Record(
                at: stop, workload: nil, epoch: 0, rule: nil, event: .controllerStopped(reason: "SIGTERM")))
        var stopped = Explanation(workload: "shop", records: records)
        #expect(stopped.absence == .init(since: stop, until: nil, reason: "SIGTERM"))
        stopped.take(next: start, lastWord: stop)
        #expect(stopped.absence?.until == start.at)
        #expect(stopped.phase == .blocked)
        #expect(Explanation(workload: "shop", records: records + [start]).absence == nil)
    }
}

@Suite("Mode observe")
struct ObserveTests {
    private static func confirmed(_ change: (inout Policy) -> Void = { _ in }) -> World {
        var world = World([Workload.shop(mode: .observe).with(change)])
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(200))
        return world
    }

    @Test(
        "says in history, notice and explanation what would have been done, and what kept it from being done")
    func plainly() throws {
        let world = Self.confirmed()
        let words = [
            "mode observe keeps drctl from acting", "in mode automatic it would fail shop over",
            "from ap-southeast-2 to ap-southeast-1", "-promote:orders",
        ]
        let changed = try #require(
            world.records.compactMap { record -> String? in
                guard case .phaseChanged(_, to: .blocked, let because, _) = record.event else { return nil }
                return because
            }.first)
        let notice = try #require(world.notices.first { $0.kind == .blocked })
        let explained = Explanation(workload: "shop", records: world.records)
        for word in words {
            #expect(changed.contains(word))
            #expect(notice.body.contains(word))
            #expect(explained.because?.contains(word) == true)
        }
        #expect(notice.headline.contains("in mode automatic it would fail shop over"))
        #expect(world.promotions.isEmpty)
        #expect(world.orders.isEmpty)
    }

    @Test("does not promise what another gate would have stopped in mode automatic too")
    func honestly() throws {
        let world = Self.confirmed { $0.maximumDataLoss = .zero }
        let notice = try #require(world.notices.first { $0.kind == .blocked })
        #expect(notice.body.contains("in mode automatic nothing would be done either: lag"))
        #expect(!notice.body.contains("would fail shop over"))
    }

    @Test("is not spoken of in other modes")
    func elsewhere() throws {
        var world = World([Workload.shop(mode: .automatic)])
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(200))
        #expect(!world.notices.contains { $0.body.contains("mode observe") })
    }
}
