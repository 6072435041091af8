import Testing

@testable import Failover

@Suite("Notices")
struct NoticeTests {
    private func failing(_ id: String) -> Input {
        let topic = Topic(region: .away, arn: "arn:aws:sns:ap-southeast-1:111122223333:dr")
        return .noticeFinished(
            "shop", id: id, deliveries: [Delivery(topic: topic, messageID: nil, failure: "no answer")])
    }

    @Test("go to the surviving Region's topic first")
    func order() {
        let world = LostRegionTests.confirmed()
        #expect(world.notices.allSatisfy { $0.topics.map(\.region) == [.away, .home] })
    }

    @Test("have ids that are never used twice, over restarts too")
    func ids() {
        var world = LostRegionTests.confirmed()
        world.restart()
        world.finishSteps()
        world.run(.seconds(5))
        let ids = world.notices.map(\.id)
        #expect(Set(ids).count == ids.count)
    }

    @Test("that no topic took are tried again, ever more slowly, and given up after 20 rounds")
    func retried() throws {
        var world = World()
        world.delivers = false
        world.scene.loseSight()
        world.run(.seconds(20))
        let id = try #require(world.notices.first?.id)
        var rounds = 1
        world.handle(failing(id))
        while world.state.unsettledNotices.contains(where: { $0.id == id }), rounds < 100 {
            let before = world.deliveries.filter { $0.id == id }.count
            world.run(.seconds(300))
            #expect(world.deliveries.filter { $0.id == id }.count == before + 1)
            world.handle(failing(id))
            rounds += 1
        }
        #expect(rounds == 20)
    }

    @Test("N1: do not hold up a failover, and are delivered by the next process")
    func redelivered() {
        var world = World()
        world.delivers = false
        world.run(.seconds(20))
        world.scene.lose(at: world.now)
        world.run(.seconds(120))
        world.finishSteps()
        #expect(world.phase == .failedOver)
        let unsettled = world.state.unsettledNotices.map(\.id)
        #expect(unsettled.count == world.notices.count)
        world.restart()
        #expect(world.deliveries.map(\.id) == unsettled)
    }

    @Test("I10: carry no control characters, whatever a person or another machine wrote")
    func plainText() {
        let evil =
            "a\u{1B}[2J\r\nSubject: x\u{7}\u{202E}\u{2028}\u{85}z" + String(repeating: "long ", count: 500)
        var world = World()
        world.scene.primary = .unknown(reason: .denied, detail: evil)
        world.run(.seconds(20))
        world.ask(.hold, reason: evil)
        world.ask(.release, reason: evil)
        #expect(world.notices.count >= 3)
        for notice in world.notices {
            #expect(notice.headline.unicodeScalars.allSatisfy { $0.isPlain })
            #expect(notice.headline.count <= 300)
            #expect(notice.body.unicodeScalars.allSatisfy { $0 == "\n" || $0.isPlain })
            #expect(notice.body.utf8.count < 100_000)
        }
        #expect(world.notices.contains { $0.body.contains("Subject: x") }, "the words stay")
    }

    @Test("that something is blocked come once for each set of reasons, at most every five minutes")
    func blockedOnce() {
        var world = LostRegionTests.confirmed([.shop(mode: .observe)])
        for round in 0..<60 {
            world.scene.changeStandby { $0.status = round.isMultiple(of: 2) ? "modifying" : "available" }
            world.run(.seconds(5))
        }
        #expect(world.told.filter { $0 == .blocked }.count <= 2)
        world.scene.changeStandby { $0.status = "stopped" }
        world.run(.seconds(300))
        #expect(world.notices.last?.headline.contains("orders-b is stopped") == true)
    }

    @Test("remind of what waits for somebody, with pauses that double up to a day")
    func reminders() {
        var world = RequestTests.world(in: .needsOperator)
        let since = world.now
        world.run(.seconds(12_000), pace: .seconds(10))
        let reminders = world.notices.filter { $0.kind == .needsOperator && $0.at > since }
        #expect(reminders.map { ($0.at - since).milliseconds / 60_000 } == [5, 10, 20, 40, 80, 160])
    }

    @Test("ask for a yes at most every five minutes, however the evidence goes to and fro")
    func approvalPaced() {
        var world = RequestTests.world(in: .awaitingApproval)
        let route = world.scene.route
        world.scene.replication = .unknown(.missing)
        for _ in 0..<10 {
            world.scene.route = .unknown(.missing)
            world.run(.seconds(5))
            #expect(world.phase == .suspected)
            world.scene.route = route
            world.run(.seconds(65))
            #expect(world.phase == .awaitingApproval)
        }
        #expect(world.told.filter { $0 == .approvalNeeded }.count <= 3, "in 12 minutes")
    }

    /// Nobody agrees for a moment, in which somebody holds and releases it.
    private func interrupt(_ world: inout World, after wait: Duration) {
        let route = world.scene.route
        world.scene.replication = .unknown(.missing)
        world.scene.route = .unknown(.missing)
        world.run(wait)
        #expect(world.phase == .suspected)
        world.ask(.hold)
        world.ask(.release)
        world.scene.route = route
        world.run(.seconds(65))
    }

    @Test("say what stands again as soon as something else was said since")
    func saidAgain() {
        var world = RequestTests.world(in: .awaitingApproval)
        let before = world.told.count
        interrupt(&world, after: .seconds(10))
        #expect(world.phase == .awaitingApproval)
        #expect(world.told.dropFirst(before) == [.held, .released, .approvalNeeded])

        world.scene.changeStandby { $0.status = "modifying" }
        world.run(.seconds(10))
        interrupt(&world, after: .seconds(400))
        #expect(world.phase == .blocked)
        #expect(world.told.dropFirst(before + 3) == [.blocked, .held, .released, .blocked])
    }

    @Test("ask for a yes at once where people have heard of a block since, and tell of a block after the yes")
    func approvalAfterBlock() {
        var world = RequestTests.world(in: .awaitingApproval)
        func hinder(_ status: String) {
            world.scene.changeStandby { $0.status = status }
            world.run(.seconds(10))
        }
        let before = world.told.count
        hinder("modifying")
        #expect(world.phase == .blocked)
        hinder("available")
        #expect(world.phase == .awaitingApproval)
        #expect(world.told.dropFirst(before) == [.blocked, .approvalNeeded])
        hinder("modifying")
        hinder("available")
        #expect(world.phase == .awaitingApproval)
        #expect(world.told.count == before + 2, "to and fro, it is not said again and again")
        hinder("modifying")
        world.run(.seconds(300))
        #expect(world.told.dropFirst(before) == [.blocked, .approvalNeeded, .blocked])
    }

    @Test("ask again for the next outage, and after a plan was given up")
    func approvalAskedAgain() {
        var world = RequestTests.world(in: .awaitingApproval)
        world.ask(.approve)
        world.finish(.failed(detail: "no", retryable: false, mayHaveHappened: false))
        world.run(.seconds(65))
        #expect(world.phase == .awaitingApproval)
        #expect(world.told.filter { $0 == .approvalNeeded }.count == 2)
    }

    @Test("say that this host's clock is behind, which blinds the witnesses outside")
    func clockIsBehind() {
        var world = World()
        world.scene.metricDelay = .seconds(-300)
        world.run(.seconds(60))
        #expect(world.verdict == .configurationFault)
        #expect(world.told == [.suspected])
        #expect(world.notices.first?.headline.contains("this host's clock is behind") == true)
    }

    @Test("remind no later after a restart whose clock was set back")
    func remindersOfAClockSetBack() {
        var world = RequestTests.world(in: .needsOperator)
        let told = world.notices.count
        world.skip(.seconds(-240))
        world.restart()
        let since = world.now
        world.run(.seconds(500), pace: .seconds(10))
        #expect(world.notices.dropFirst(told).map { ($0.at - since).milliseconds / 60_000 } == [5])
        #expect(world.notices.last?.headline.contains("after -") == false)
    }
}

extension Unicode.Scalar {
    var isPlain: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
