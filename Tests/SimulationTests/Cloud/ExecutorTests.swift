import Execution
import Failover
import Testing

@testable import Simulation

/// The real runners against the simulated AWS.
@Suite struct ExecutorOnEstateTests {
    @Test func aReplicaIsPromotedOnceAndBecomesAWriter() throws {
        let (promotion, writer, sent, effects, before, after) = onBench { bench in
            let before = bench.estate.probe(Layouts.standbyHost)?.answered
            let promotion = bench.run(Layouts.promote)
            let writer = bench.run(Layouts.awaitInstance)
            let state = bench.estate.databaseState(
                of: "orders-replica", in: Layouts.new, asOf: bench.time.now)
            return (promotion, writer, bench.sent, bench.effects, before, state.value)
        }
        #expect(promotion.succeeded, "\(promotion.detail)")
        #expect(writer.succeeded, "\(writer.detail)")
        #expect(sent == ["eu-central-1 PromoteReadReplica orders-replica"])
        let (old, new) = (SiteName(Layouts.primary), SiteName(Layouts.standby))
        #expect(
            effects == [
                .promoted("orders", site: new, writers: [old, new]), .writerReady("orders", site: new),
            ])
        #expect(before == true)
        #expect(after?.role == .writer)
        #expect(["available", "backing-up"].contains(after?.status))
    }

    @Test func aLostReplyMakesNoSecondPromotion() {
        let (outcome, effects) = onBench { bench in
            bench.fabric.next["PromoteReadReplica"] = [{ $0.back = nil }]
            let outcome = bench.run(Layouts.promote)
            bench.pass(.seconds(900))
            return (outcome, bench.effects)
        }
        #expect(outcome.succeeded, "\(outcome.detail)")
        #expect(effects.count { if case .promoted = $0 { true } else { false } } == 1)
    }

    @Test func aClusterIsDetachedAndLeavesItsGlobalCluster() {
        let (outcomes, effects) = onBench([Layouts.shop(kind: Layouts.aurora)]) { bench in
            ([bench.run(Layouts.detach), bench.run(Layouts.awaitCluster)], bench.effects)
        }
        for outcome in outcomes { #expect(outcome.succeeded, "\(outcome.detail)") }
        let (old, new) = (SiteName(Layouts.primary), SiteName(Layouts.standby))
        #expect(
            effects == [
                .detached("orders", site: new, writers: [old, new]), .writerReady("orders", site: new),
            ])
    }

    @Test func aManagedFailoverMovesTheWriterAndTakesTheOldOneBackAsASecondary() {
        let (outcomes, effects, old, writers) = onBench([Layouts.shop(kind: Layouts.aurora)]) { bench in
            let outcomes = [bench.run(Layouts.globalFailover), bench.run(Layouts.awaitCluster)]
            bench.pass(.seconds(900))
            let old = bench.estate.databaseState(of: "orders", in: Layouts.old, asOf: bench.time.now)
            return (outcomes, bench.effects, old.value, bench.estate.writers(of: bench.estate.databases[0]))
        }
        for outcome in outcomes { #expect(outcome.succeeded, "\(outcome.detail)") }
        #expect(effects.contains { if case .globalFailover = $0 { true } else { false } })
        #expect(effects.contains(.fenced("orders", site: SiteName(Layouts.primary))))
        #expect(old?.role == .replica)
        #expect(old?.replication?.text == "connected")
        #expect(writers == [SiteName(Layouts.standby)])
    }

    @Test(arguments: [
        Fencing.Method.quarantine(securityGroups: ["sg-closed"]), .revokeIngress(securityGroups: ["sg-app"]),
    ])
    func aFenceEndsSessionsAndRefusesNewOnes(_ method: Fencing.Method) {
        let (outcome, effects, answers) = onBench([Layouts.shop(fencing: method)]) { bench in
            var answers: [WriteAnswer] = []
            guard case .session(let session) = bench.estate.connect(to: Layouts.primaryHost) else {
                return (StepOutcome.succeeded(detail: ""), bench.effects, answers)
            }
            answers.append(bench.estate.write(session))
            let outcome = bench.run(.fence(Layouts.fence(method)))
            answers.append(bench.estate.write(session))
            bench.pass(.seconds(300))
            answers.append(bench.estate.write(session))
            return (outcome, bench.effects, answers)
        }
        #expect(outcome.succeeded, "\(outcome.detail)")
        #expect(effects == [.fenced("orders", site: SiteName(Layouts.primary))])
        #expect(answers == [.committed(position: 1), .broken, .broken])
    }

    @Test func aClustersFenceRestartsItsWriterInstance() {
        let (outcome, sent, effects) = onBench([Layouts.shop(kind: Layouts.aurora)]) { bench in
            (bench.run(.fence(Layouts.fence(isCluster: true))), bench.sent, bench.effects)
        }
        #expect(outcome.succeeded, "\(outcome.detail)")
        #expect(sent == ["eu-west-1 ModifyDBCluster orders", "eu-west-1 RebootDBInstance orders-1"])
        #expect(effects == [.fenced("orders", site: SiteName(Layouts.primary))])
    }

    @Test func aRecordMovesAndItsChangeSpreads() {
        let (outcomes, effects, sent) = onBench { bench in
            ([bench.run(Layouts.move), bench.run(Layouts.confirm)], bench.effects, bench.sent)
        }
        for outcome in outcomes { #expect(outcome.succeeded, "\(outcome.detail)") }
        #expect(sent == ["us-east-1 ChangeResourceRecordSets db.shop.example"])
        #expect(
            effects == [
                .recordMoved(name: "db.shop.example", to: Layouts.standbyHost),
                .answerMoved(name: "db.shop.example", to: Layouts.standbyHost),
            ])
    }

    @Test func aRecordMovedWithALostReplyIsFoundMoved() {
        let (outcome, effects) = onBench { bench in
            bench.fabric.next["ChangeResourceRecordSets"] = [
                { passage in
                    passage.back = nil
                    passage.isReset = true
                }
            ]
            return (bench.run(Layouts.move), bench.effects)
        }
        #expect(outcome.succeeded, "\(outcome.detail)")
        #expect(effects.count { if case .recordMoved = $0 { true } else { false } } == 1)
    }

    @Test func theLeverMovesTheAnswerThroughDataPlanesAlone() {
        let workload = Layouts.shop(traffic: [.route53HealthCheck(Layouts.lever)])
        let (outcomes, effects) = onBench([workload]) { bench in
            // Where Route 53's control plane lives, nothing answers.
            bench.estate.begin(.control(.silent), in: Estate.globalRegion)
            bench.estate.begin(.noData, in: Layouts.old)
            return ([bench.run(Layouts.flip), bench.run(Layouts.confirm)], bench.effects)
        }
        for outcome in outcomes { #expect(outcome.succeeded, "\(outcome.detail)") }
        #expect(
            effects == [
                .leverFlipped(name: "db.shop.example", value: 1),
                .answerMoved(name: "db.shop.example", to: Layouts.standbyHost),
            ])
    }

    @Test func aNoticeReachesItsTopicUnlessTheTopicsRegionIsGone() {
        let notice = Notice(
            id: "n-1", kind: .started, workload: "shop", at: World.start, headline: "\",\"id\":\"forged",
            body: "b", runbook: nil, topics: [Layouts.topic])
        let (told, untold, happenings) = onBench { bench in
            let notifier = SNSNotifier(aws: bench.client)
            let told = bench.result(within: .seconds(60)) { await notifier.deliver(notice) }
            bench.estate.begin(.noData, in: Layouts.new)
            let untold = bench.result(within: .seconds(60)) { await notifier.deliver(notice) }
            return (told, untold, bench.trace.happenings.map(\.kind))
        }
        #expect(told?.first?.messageID != nil)
        #expect(untold?.count == 1)
        #expect(untold?.first?.messageID == nil)
        #expect(happenings == [.delivered("n-1", .started, "shop", Layouts.topic)])
    }
}
