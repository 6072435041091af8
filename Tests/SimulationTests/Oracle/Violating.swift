import Failover

@testable import AWS
@testable import Simulation

private typealias Story = SoundStory

/// Traces with one thing wrong, by the invariant that has to see it.
let violating: [(invariant: String, what: String, story: SoundStory)] =
    promotions + evidence + violatingIntents + violatingEnds + violatingChecks

private let promotions: [(String, String, SoundStory)] = [
    ("INV1", "a promotion took effect twice", Story().with(300, .effect(again(Story.standby)))),
    ("INV1", "the primary was promoted", Story().with(300, .effect(again(Story.primary)))),
    ("INV1", "it was sent once more", Story().with(183, Story.mutation(Story.promoting))),
    (
        "INV2", "the lease had ended",
        Story().shared.sending("PromoteReadReplica") { $0.leaseValidUntil = Story.time(179) }
    ),
    (
        "INV2", "another host held the lease",
        Story().shared.sending("PromoteReadReplica") { $0.trueHolder = "host-2" }
    ),
    ("INV2", "a follower wrote", Story().shared.with(200, .lease(holder: "host-2", epoch: 2))),
    ("INV2", "a dead process sent", Story().with(179.5, .host(Story.host, .crashed))),
    (
        "INV3", "traffic moved to a site that did not write",
        Story().without { if case .effect(.writerReady) = $0 { true } else { false } }
    ),
    (
        "INV3", "no proof of the writer was on record",
        Story().without {
            $0.isRecord { if case .stepFinished("4-await-writer:orders", _, _) = $0 { true } else { false } }
        }
    ),
    ("INV4", "a name led nowhere", Story().with(300, .effect(.recordMoved(name: Story.name, to: "")))),
    (
        "INV4", "a name led back",
        Story().with(50, .effect(.answerMoved(name: Story.name, to: "orders-a.example")))
            .with(300, .effect(.answerMoved(name: Story.name, to: "orders-a.example")))
    ),
    ("INV4", "a lever was let go", Story().with(300, .effect(.leverFlipped(name: Story.name, value: 0)))),
    (
        "INV9", "the way back was taken",
        Story().with(
            300,
            Story.mutation(changed(Story.promoting) { ($0.region, $0.target) = ("eu-west-1", "orders-a") }))
    ),
    (
        "INV9", "the new writer was closed",
        Story().with(
            300,
            Story.mutation(changed(Story.fencing) { ($0.region, $0.target) = ("eu-central-1", "orders-b") }))
    ),
    (
        "INV9", "something was deleted",
        Story().with(300, Story.mutation(changed(Story.fencing) { $0.operation = "DeleteDBInstance" }))
    ),
    (
        "INV-split", "nobody thought of the fence",
        Story().without { $0.isRecord { if case .fenceOwed = $0 { true } else { false } } }
    ),
    ("INV-split", "what is called fenced took commits", Story().with(500, Story.wrote(Story.primary))),
]

/// People are told of a block while a yes is waited for; then it is waited for again, and said much later.
let askedNoMore =
    asked
    .with(330, SoundStory.record(330, SoundStory.phase(.awaitingApproval, .blocked, at: 330)))
    .with(330.1, SoundStory.record(330.1, .noticeIssued(notice: SoundStory.notice(.blocked, at: 330.1))))
    .with(331, .delivered("shop-1-9-blocked", .blocked, "shop", SoundStory.workload.topics[0]))
    .with(332, SoundStory.record(332, .noticeSettled(id: "shop-1-9-blocked", deliveries: [])))
    .with(340, SoundStory.record(340, SoundStory.phase(.blocked, .awaitingApproval, at: 340)))
    .with(400, SoundStory.record(400, .assessed(assessment: SoundStory.assessment(400))))
    .with(640, SoundStory.record(640, .noticeIssued(notice: SoundStory.notice(.approvalNeeded, at: 640))))
    .with(641, .delivered("shop-1-9-approval-needed", .approvalNeeded, "shop", SoundStory.workload.topics[0]))

private let evidence: [(String, String, SoundStory)] = [
    (
        "INV5", "nobody outside was asked",
        Story().hearing(from: 100) { $0.removeAll { $0.fact.slot == .routeHealth } }
    ),
    (
        "INV5", "one kind was all",
        Story().hearing(from: 100) {
            $0.removeAll { $0.fact.slot != .routeHealth && $0.fact.slot != .replication }
        }
    ),
    (
        "INV5", "the window had only begun",
        Story().hearing(from: 100, to: 145) { $0 = alive($0) }
    ),
    (
        "INV6", "silence was called healthy",
        Story().with(
            116,
            Story.record(
                116,
                .assessed(
                    assessment: Story.assessment(
                        116, Story.judged(.healthy, [Story.vote(.controlPlane, .healthy)])))))
    ),
    (
        "INV6", "a stale answer was called alive",
        Story().with(
            162.5,
            Story.record(
                162.5,
                .assessed(
                    assessment: Story.assessment(162.5, Story.judged(.suspect, [Story.vote(.probe, .alive)])))
            ))
    ),
    (
        "INV6", "one vote was called a failure",
        Story().with(
            110,
            Story.record(
                110,
                .assessed(
                    assessment: Story.assessment(110, Story.judged(.failed, [Story.vote(.probe, .failed)])))))
    ),
    (
        "INV7", "the lag was not known",
        Story().hearing(from: 0) { $0.removeAll { $0.fact.slot == .replication } }
    ),
    (
        "INV7", "the sample was much older than the last commit",
        Story().hearing(from: 0) { list in
            for index in list.indices where list[index].fact.slot == .replication {
                list[index].fact = .replication(
                    reading: .known(value: [LagSample(sampledAt: Story.time(40), lagSeconds: 0.5)]))
            }
        }
    ),
    (
        "INV7", "more was lost than forecast",
        Story().changing {
            if case .effect(.lost) = $0 { $0 = .effect(.lost("orders", commits: 99, seconds: 25)) }
        }
    ),
    (
        "INV7", "no ledger was kept",
        Story().without { $0.isRecord { if case .lossFrozen = $0 { true } else { false } } }
    ),
    (
        "INV-look", "the process that promotes had not looked",
        Story().with(178.5, .host(Story.host, .crashed)).with(178.6, .host(Story.host, .started))
    ),
    (
        "INV-look", "it had lost the lease since it looked",
        Story().shared.with(178.6, .lease(holder: Story.host, epoch: 2))
    ),
    (
        "INV-look", "a person had it go on, and nothing was looked at for that",
        goesOnAfterRestart(at: 178.8, seenAt: nil)
    ),
    (
        "INV-look", "nobody looked again",
        Story().without {
            if case .observed(_, let list) = $0 { list[0].at == Story.time(167) } else { false }
        }
    ),
    (
        "INV-look", "the old writer had answered",
        Story().with(176, Story.observed(176, alive: true))
    ),
    (
        "INV-rest", "it was on hold",
        Story().with(
            110, Story.record(110, .holdPlaced(hold: Hold(by: "a", reason: "b", since: Story.time(110)))))
    ),
    ("INV-rest", "a person had to say yes", Story().configured { $0.policy.mode = .approval }),
    ("INV-rest", "nobody had approved", Story().configured { $0.policy.mode = .observe }),
    (
        "INV-rest", "it was quiet after a failover",
        Story().with(
            100, Story.record(100, .planEnded(ending: PlanEnding(outcome: .completed, because: "-"))))
    ),
    (
        "INV-rest", "it cooled down after nothing",
        Story().with(
            110,
            Story.record(
                110,
                .assessed(
                    assessment: Story.assessment(
                        110, gates: [GateResult(id: .cooldown, open: false, because: "quiet")]))))
    ),
]

private func again(_ site: SiteName) -> Effect { .promoted("orders", site: site, writers: [site]) }

func changed(_ mutation: Mutation, _ change: (inout Mutation) -> Void) -> Mutation {
    var mutation = mutation
    change(&mutation)
    return mutation
}

func noticed(_ headline: String) -> Happening.Kind {
    SoundStory.record(300, .noticeIssued(notice: SoundStory.notice(.exposed, at: 300, headline: headline)))
}

/// The same look with everything well.
private func alive(_ observations: [Observation]) -> [Observation] {
    guard let at = observations.first?.at,
        case .observed(_, let list) = SoundStory.observed(
            Double((at - SoundStory.start).components.seconds), alive: true)
    else { return observations }
    return list
}

/// That many calls of one service in a minute.
func storm(count: Int) -> SoundStory {
    var story = SoundStory()
    for number in 0..<count {
        let call = CallRecord(
            service: "rds", operation: "DescribeDBInstances", region: "eu-west-1", attempt: 1,
            duration: .zero, outcome: .success, status: 200, requestID: nil)
        let at = 500 + 59 * Double(number) / Double(count)
        story.happenings.append(SoundStory.happening(at, .called(SoundStory.host, call)))
    }
    return story
}

/// A process that has not made the recheck itself, and a person who has the plan go on in it.
func goesOnAfterRestart(at seconds: Double, seenAt: Double?) -> SoundStory {
    let story = SoundStory().with(178.5, .host(SoundStory.host, .crashed))
        .with(178.6, .host(SoundStory.host, .started))
        .with(
            seconds,
            SoundStory.record(seconds, SoundStory.phase(.needsOperator, .failingOver, at: seconds)))
    return seenAt.map { story.with($0, SoundStory.observed($0, alive: false)) } ?? story
}

/// A suspicion of which people know.
let suspectedForGood = SoundStory().cut(after: 120)
    .with(121, .delivered("shop-0-1-suspected", .suspected, "shop", SoundStory.workload.topics[0]))

/// Its primary is gone for good, which is heard to the end.
let dead = SoundStory().cut(after: 96)
    .with(
        100,
        .fault(
            Fault(
                index: 0, kind: .regionDead, place: Fault.Place(region: "eu-west-1"),
                from: SoundStory.time(100),
                until: .distantFuture), begins: true)
    )
    .with(7170, observedOnlyDead(7170)).with(7190, observedOnlyDead(7190))

extension SoundStory {
    /// Blocked since early on by what its record names, which people know.
    func blocked(by gates: [GateID]) -> SoundStory {
        let assessment = Self.assessment(
            165, gates: gates.map { GateResult(id: $0, open: false, because: "closed") })
        return with(105, Self.record(105, Self.phase(.watching, .suspected, at: 105)))
            .with(
                165,
                Self.record(
                    165,
                    .phaseChanged(from: .suspected, to: .blocked, because: "a rule", assessment: assessment))
            )
            .with(166, .delivered("shop-0-1-blocked", .blocked, "shop", Self.workload.topics[0]))
    }
}

/// Every witness that says something says failed.
func observedOnlyDead(_ seconds: Double, metricsAt sampled: Double? = nil) -> Happening.Kind {
    let sampledAt = SoundStory.time(sampled ?? seconds)
    guard case .observed(let host, var list) = SoundStory.observed(seconds, alive: false) else {
        return SoundStory.observed(seconds, alive: false)
    }
    for index in list.indices {
        switch list[index].fact.slot {
        case .replication:
            list[index].fact = .replication(
                reading: .known(value: [LagSample(sampledAt: sampledAt, lagSeconds: nil)]))
        case .routeHealth:
            list[index].fact = .routeHealth(
                reading: .known(value: HealthSample(healthy: false, sampledAt: sampledAt)))
        default: break
        }
    }
    return .observed(host, list)
}
