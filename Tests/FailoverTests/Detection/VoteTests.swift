import Testing

@testable import Failover

@Suite("Votes")
struct VoteTests {
    /// What `witness` says after 20 s of this.
    private func opinion(_ witness: WitnessKind, _ change: (inout Scene) -> Void) -> Vote.Opinion? {
        var world = World()
        change(&world.scene)
        world.run(.seconds(20))
        return world.vote(witness)?.opinion
    }

    @Test(
        "no reason for not knowing says failed, but for the silence of the control plane",
        arguments: UnknownReason.allCases)
    func unknowns(reason: UnknownReason) {
        let expected: Vote.Opinion = reason.isConfigurationFault ? .configurationFault : .unknown
        #expect(opinion(.probe) { $0.probe = .unknown(reason: reason, detail: "-") } == expected)
        let control = opinion(.controlPlane) { $0.primary = .unknown(reason: reason, detail: "-") }
        #expect(control == (reason == .silent ? .failed : expected))
        for witness in [WitnessKind.route53, .replication] {
            let metric = opinion(witness) {
                $0.route = .unknown(reason)
                $0.replication = .unknown(reason)
            }
            #expect(metric == (reason == .denied ? .configurationFault : .unknown))
        }
    }

    @Test("what was never observed, or not lately, is unknown and says so")
    func stale() {
        var world = World()
        world.scene.route = nil
        world.run(.seconds(20))
        #expect(world.vote(.route53)?.because == "nothing observed yet")
        world.looks = false
        world.run(.seconds(16))
        #expect(world.vote(.probe)?.opinion == .unknown)
        #expect(world.vote(.probe)?.because == "stale: last observed 16 s ago")
        #expect(world.verdict == .unknown)
    }

    @Test("a metric whose newest sample is old is unknown, however fresh the reading")
    func oldSamples() {
        #expect(opinion(.route53) { $0.metricDelay = .seconds(180) } == .healthy)
        #expect(opinion(.route53) { $0.metricDelay = .seconds(181) } == .unknown)
        #expect(opinion(.replication) { $0.metricDelay = .seconds(181) } == .unknown)
    }

    @Test("X14: a sample from the future is not used, and is our own fault: this host's clock is behind")
    func samplesFromTheFuture() {
        #expect(opinion(.route53) { $0.metricDelay = .seconds(-2) } == .healthy)
        #expect(opinion(.route53) { $0.metricDelay = .seconds(-3) } == .configurationFault)
        #expect(opinion(.replication) { $0.metricDelay = .seconds(-3) } == .configurationFault)
        var world = World()
        world.scene.metricDelay = .seconds(-3)
        world.run(.seconds(20))
        #expect(world.gate("lag")?.because == "orders: the replication lag is unknown")
    }

    @Test("the replica says failed at the stall limit, not below it")
    func stall() {
        #expect(opinion(.replication) { $0.replication = .following(lagSeconds: 329.9) } == .healthy)
        #expect(opinion(.replication) { $0.replication = .following(lagSeconds: 330) } == .failed)
        let notRunning = opinion(.replication) {
            $0.replication = .samples([LagSample(sampledAt: World.start, lagSeconds: nil)])
        }
        #expect(notRunning == .failed)
        #expect(opinion(.replication) { $0.changeStandby { $0.replication?.normal = false } } == .failed)
    }

    @Test(
        "a lag that is no number is neither failed nor healthy",
        arguments: [Double.nan, .infinity, -5, 1e300])
    func absurdLag(lag: Double) {
        var world = World()
        world.scene.replication = .samples([LagSample(sampledAt: World.start, lagSeconds: lag)])
        world.run(.seconds(20))
        #expect(world.vote(.replication)?.opinion == .unknown)
        #expect(world.assessment?.databases.first?.lag == nil)
    }

    @Test("once the primary is dark, a healthy metric counts only if it is younger than the darkness")
    func proofOfLife() {
        var world = World()
        world.run(.seconds(20))
        world.scene.loseSight()
        world.run(.seconds(30))
        #expect(world.vote(.route53)?.opinion == .unknown)
        #expect(world.vote(.replication)?.opinion == .unknown)
        world.run(.seconds(10))
        #expect(world.vote(.route53)?.opinion == .alive)
        #expect(world.vote(.replication)?.opinion == .alive)
        #expect(world.verdict == .partitioned)
        #expect(world.gate(.sourceAlive)?.open == false)
    }

    @Test("a checkers' metric that has not caught up takes nothing back from their own, newer reports")
    func metricBehindReports() {
        var world = World()
        world.run(.seconds(20))
        func health(_ healthy: Bool, sampledAt: Timestamp, at: Timestamp) -> Input {
            let sample = HealthSample(healthy: healthy, sampledAt: sampledAt)
            return .observed([
                Observation(
                    workload: "shop", database: "orders", source: "-", vantage: "-", at: at,
                    fact: .routeHealth(reading: .known(value: sample)))
            ])
        }
        world.handle(health(false, sampledAt: world.now - .seconds(2), at: world.now))
        world.skip(.seconds(5))
        world.handle(health(true, sampledAt: world.now - .seconds(120), at: world.now))
        #expect(world.vote(.route53)?.opinion == .failed)
        #expect(world.vote(.route53)?.observedAt == world.now, "and it is as fresh as the look that found it")
        world.handle(health(true, sampledAt: world.now, at: world.now))
        #expect(world.vote(.route53)?.opinion == .healthy)
    }

    @Test("a witness that is not configured may stop a failover and never start one")
    func onlyVeto() {
        var world = World([.shop().with { $0.witnesses = [.route53, .controlPlane] }])
        world.scene.route = .healthyUntil(World.start)
        world.scene.primary = .unknown(reason: .silent, detail: "-")
        world.run(.seconds(300))
        #expect(world.verdict == .suspect, "our own connection is answered")
        var other = World([.shop().with { $0.witnesses = [.controlPlane, .route53] }])
        other.scene.probe = .known(value: false)
        other.scene.replication = .following(lagSeconds: 1000)
        other.run(.seconds(300))
        #expect(other.verdict == .healthy)
    }

    @Test("a late answer does not take the place of a newer one, and none from the future keeps others out")
    func lateAndEarly() {
        var world = World()
        world.run(.seconds(20))
        func probe(_ answered: Bool, at: Timestamp) -> Input {
            let fact = Fact.probe(
                side: .primary, reading: .known(value: ProbeAnswer(answered: answered, detail: "-")))
            return .observed([
                Observation(
                    workload: "shop", database: "orders", source: "-", vantage: "-", at: at, fact: fact)
            ])
        }
        world.handle(probe(false, at: world.now - .seconds(1)))
        #expect(world.vote(.probe)?.opinion == .alive)
        world.handle(probe(true, at: world.now + .seconds(3600)))
        world.skip(.seconds(1))
        world.handle(probe(false, at: world.now))
        #expect(world.vote(.probe)?.opinion == .failed)
    }
}

@Suite("Verdicts")
struct VerdictTests {
    private func verdict(_ change: (inout World) -> Void) -> Verdict? {
        var world = World()
        world.run(.seconds(20))
        change(&world)
        world.run(.seconds(120))
        return world.verdict
    }

    @Test("each has evidence that leads to it")
    func each() {
        #expect(verdict { _ in } == .healthy)
        #expect(verdict { $0.scene.route = .healthyUntil(World.start) } == .suspect)
        #expect(verdict { $0.scene.lose(at: $0.now) } == .failed)
        #expect(verdict { $0.scene.loseSight() } == .partitioned)
        #expect(verdict { $0.scene.isolate() } == .isolated)
        #expect(
            verdict {
                $0.scene.probe = .known(value: false)
                $0.scene.changePrimary { $0.status = "failing-over" }
                $0.scene.route = .unknown(.missing)
                $0.scene.replication = .unknown(.missing)
            } == .providerRecovering)
        #expect(verdict { $0.scene.primary = .unknown(reason: .denied, detail: "-") } == .configurationFault)
        #expect(verdict { $0.looks = false } == .unknown)
        #expect(twoDatabases { $0.scenes["a"]?.lose(at: $0.now) } == .partial)
    }

    private func twoDatabases(_ change: (inout World) -> Void) -> Verdict? {
        var world = World([.shop(databases: [.replica("a"), .replica("b")], traffic: [])])
        world.run(.seconds(20))
        change(&world)
        world.run(.seconds(120))
        return world.verdict
    }

    @Test("a workload has failed only when every database has")
    func several() {
        let both: (inout World) -> Void = { world in
            for id in ["a", "b"] as [DatabaseID] { world.scenes[id]?.lose(at: world.now) }
        }
        #expect(twoDatabases(both) == .failed)
        #expect(
            twoDatabases {
                $0.scenes["a"]?.lose(at: $0.now)
                $0.scenes["b"]?.loseSight()
            } == .suspect)
        let all = Verdict.allCases.filter { $0 != .failed }
        #expect(all.allSatisfy { Verdict.combined([.failed, $0]) != .failed })
        #expect(all.allSatisfy { Verdict.combined([$0, .healthy]) != .healthy || $0 == .healthy })
    }

    @Test("a sample from the moment of the outage proves no life: clocks of other machines are a bit off")
    func withinTheMargin() {
        var world = World()
        world.scene.metricDelay = .seconds(29)
        world.run(.seconds(20))
        world.scene.loseSight()
        world.run(.seconds(35))
        // Dark since 25 s; both samples are from 26 s.
        #expect(world.vote(.route53)?.opinion == .unknown)
        #expect(world.vote(.replication)?.opinion == .unknown)
        world.run(.seconds(5))
        #expect(world.vote(.route53)?.opinion == .alive)
        #expect(world.vote(.replication)?.opinion == .alive)
    }

    @Test("a primary that AWS calls a replica is our configuration's fault, however available it is")
    func calledReplica() {
        var world = World()
        world.scene.changePrimary { $0.role = .replica }
        world.run(.seconds(20))
        #expect(world.vote(.controlPlane)?.opinion == .configurationFault)
    }

    @Test("while AWS moves the global cluster's writer, it is at work on the primary")
    func globalFailover() {
        var world = World([.shop(databases: [.aurora(.managedFailover)])])
        world.scene.changePrimary { $0.globalFailover = "failing-over" }
        world.run(.seconds(20))
        #expect(world.vote(.controlPlane)?.opinion == .recovering)
    }

    @Test("right after a start the first silence alone is not taken for our own isolation")
    func firstSilence() {
        var world = World()
        let silence = ProbeAnswer(answered: false, detail: "no answer")
        world.handle(
            .observed([
                Observation(
                    workload: "shop", database: "orders", source: "TCP probe", vantage: "this host",
                    at: world.now, fact: .probe(side: .primary, reading: .known(value: silence)))
            ]))
        #expect(world.verdict == .unknown)
    }

    @Test("whoever is turned away is not isolated: the path is there")
    func turnedAway() {
        func standby(_ reason: UnknownReason) -> Verdict? {
            verdict {
                $0.scene.isolate()
                $0.scene.standby = .unknown(reason: reason, detail: "-")
            }
        }
        for reason in [UnknownReason.denied, .throttled, .malformed, .missing, .notFound] {
            #expect(standby(reason) != .isolated, "\(reason)")
        }
        for reason in [UnknownReason.silent, .nameNotResolved, .certificate] {
            #expect(standby(reason) == .isolated, "\(reason)")
        }
    }

    @Test("what AWS works on, and answers all the same, is healthy")
    func worksOnAndAnswers() {
        #expect(verdict { $0.scene.changePrimary { $0.status = "modifying" } } == .healthy)
    }

    @Test("that a person stopped it is heard of a control plane that is not in use, too")
    func unusedWitness() {
        var world = World([Workload.shop().with { $0.witnesses.remove(.controlPlane) }])
        world.scene.lose(at: world.now)
        world.scene.primary = Scene(of: .replica()).primary?.changed { $0.status = "stopped" }
        world.run(.seconds(20))
        #expect(world.verdict == .configurationFault)
        #expect(world.vote(.controlPlane)?.opinion == .configurationFault)
    }

    @Test("a workload of which a part has failed is told as blocked after the window")
    func partial() {
        var world = World([.shop(databases: [.replica("a"), .replica("b")], traffic: [])])
        world.run(.seconds(20))
        world.scenes["a"]?.lose(at: world.now)
        world.run(.seconds(75))
        #expect(world.verdict == .partial && world.phase == .suspected, "the window runs")
        world.run(.seconds(75))
        #expect(world.phase == .blocked)
        #expect(world.orderCount == 0)
    }

    @Test("each says itself in a sentence")
    func sentences() {
        for (world, word) in [
            (LostRegionTests.confirmed(), "has failed"), (World(), "not enough fresh evidence"),
        ] {
            #expect(world.assessment?.sentence.contains(word) == true)
        }
    }
}
