import Failover

@testable import AWS
@testable import Simulation

private typealias Story = SoundStory

/// What an invariant must not complain of, though it is close.
let allowed: [(invariant: String, what: String, story: SoundStory)] = [
    ("INV1", "a call that was refused is sent again", refused.with(180.5, Story.mutation(Story.promoting))),
    (
        "INV1", "so is one whose refusal is broken off",
        Story().with(180.2, refusal(of: SoundStory.cause("3-promote:orders"), .malformedResponse))
            .with(180.5, Story.mutation(Story.promoting))
    ),
    (
        "INV2", "a notice is sent without a lease",
        Story().shared.sending("Publish") { ($0.leaseValidUntil, $0.trueHolder) = (nil, "host-2") }
    ),
    (
        "INV3", "a lever is asserted on the new writer",
        Story().with(
            300,
            Story.mutation(
                Mutation(
                    service: "monitoring", operation: "PutMetricData", region: "eu-central-1", target: "m",
                    cause: .lever(lever))))
    ),
    (
        "INV4", "an answer is repeated",
        Story().with(300, .effect(.answerMoved(name: Story.name, to: "orders-b.example")))
    ),
    ("INV5", "a person starts it on no evidence", manual([]).hearing(from: 0) { $0 = [] }),
    (
        "INV6", "an answer counts until it is stale",
        Story().with(
            100.5,
            Story.record(
                100.5,
                .assessed(
                    assessment: Story.assessment(100.5, Story.judged(.healthy, [Story.vote(.probe, .alive)])))
            ))
    ),
    (
        "INV6", "a record was durable long after it was decided",
        Story().with(
            118,
            Story.record(
                118,
                .assessed(
                    assessment: Story.assessment(100.5, Story.judged(.healthy, [Story.vote(.probe, .alive)])))
            ))
    ),
    (
        "INV7", "a person accepts the loss",
        manual([.lag]).changing {
            if case .effect(.lost) = $0 { $0 = .effect(.lost("orders", commits: 9000, seconds: 900)) }
        }
    ),
    (
        "INV7", "what the replica had applied is known from before the outage",
        Story().hearing(from: 100) { $0.removeAll { $0.fact.slot == .replication } }
    ),
    (
        "INV7", "the primary went on for some seconds after it had gone dark for the host",
        lostInTheDark(darkSince: 96)
    ),
    (
        "INV7", "the primary was back at the very moment of the decision",
        Story().with(164.9, answering(at: 164.9))
    ),
    (
        "INV7", "the host's clock is behind, and nobody told it",
        lostInTheDark(darkSince: 104).heardBehind(.seconds(20))
    ),
    (
        "INV8", "an owed fence is tried",
        Story().with(300, Story.mutation(changed(Story.fencing) { $0.cause = .fence(Story.fence) }))
    ),
    ("INV9", "the old writer is fenced", Story()),
    ("INV10", "the budget is used up", storm(count: CallBudget.perMinute)),
    ("INV10", "retries are spread", retries(after: { Double($0) / Double(RetrySpread.enough) })),
    ("INV10", "one renewal is missed", Story().keepingLease(missing: 500...502)),
    (
        "INV10", "a host stands still, and renews nothing",
        Story().keepingLease(missing: 500...600).with(499, .host(Story.host, .paused))
            .with(601, .host(Story.host, .resumed))
    ),
    (
        "INV10", "a host that has given the lease up does not ask for it",
        Story().keepingLease(missing: 500...600)
            .with(499, .problem(Story.host, "the lease is given up, for another host to lead: the journal"))
    ),
    (
        "INV10", "another host leads, and this one cannot read the journal",
        Story().keepingLease(missing: 6005...6100)
            .with(6000, taken(by: "host-2", whileGoodUntil: 6000))
    ),
    (
        "INV2", "a lease is taken when the one before has ended",
        Story().shared.with(6000, taken(by: "host-2", whileGoodUntil: 6000))
    ),
    (
        "INV2", "a host takes its own lease anew",
        Story().shared.with(6000, taken(by: Story.host, whileGoodUntil: 6010))
    ),
    (
        "INV-rest", "a maintenance window has ended",
        Story().configured {
            $0.policy.maintenance = [
                MaintenanceWindow(days: [.wed], startMinute: 1380, duration: .seconds(3600))
            ]
        }
    ),
    ("INV11", "other letters are used", Story().with(300, noticed("sch\u{f6}n \u{2026}"))),
    (
        "INV12", "a phase has only begun",
        Story().with(7100, Story.record(7100, Story.phase(.failedOver, .blocked, at: 7100)))
    ),
    (
        "liveness", "a plan has only begun",
        {
            var story = Story().cut(after: 182); story.ends = 400; return story
        }()
    ),
    (
        "liveness", "a fence has been owed for minutes",
        {
            var story = Story().without {
                $0.isRecord { if case .fenceSettled = $0 { true } else { false } }
            }
            story.ends = 450
            return story
        }()
    ),
    ("liveness", "witnesses disagree for good, and people know", suspectedForGood),
    (
        "liveness", "the metrics are from the future of a host's clock",
        suspectedForGood.with(7170, observedOnlyDead(7170, metricsAt: 7290))
            .with(7190, observedOnlyDead(7190, metricsAt: 7310))
    ),
    ("INV-idle", "nobody may act", dead.blocked(by: [.mode]).configured { $0.policy.mode = .observe }),
    ("INV-idle", "too much would be lost", dead.blocked(by: [.capacity, .lag])),
    (
        "INV-idle", "nothing is heard of Aurora's replica",
        dead.blocked(by: [.replicaView]).onAurora.hearing(from: 7100) { list in
            for index in list.indices where list[index].fact.slot == .replication {
                list[index].fact = .replication(reading: .unknown(reason: .missing, detail: "no samples"))
            }
        }
    ),
    (
        "INV-idle", "a yes is waited for",
        dead.with(165, Story.record(165, Story.phase(.suspected, .awaitingApproval, at: 165)))
            .configured { $0.policy.mode = .approval }
    ),
    (
        "INV12", "the same reasons are not told again",
        dead.blocked(by: [.lag]).with(300, Story.record(300, Story.phase(.blocked, .suspected, at: 300)))
            .with(400, Story.record(400, Story.phase(.suspected, .blocked, at: 400)))
    ),
    (
        "INV12", "what was written before the block was delivered after it",
        dead.with(160, Story.record(160, .noticeIssued(notice: Story.notice(.held, at: 160))))
            .blocked(by: [.lag])
            .with(170, .delivered("shop-1-9-held", .held, "shop", Story.workload.topics[0]))
            .with(170, Story.record(170, .noticeSettled(id: "shop-1-9-held", deliveries: [])))
            .with(300, Story.record(300, Story.phase(.blocked, .suspected, at: 300)))
            .with(400, Story.record(400, Story.phase(.suspected, .blocked, at: 400)))
    ),
    (
        "INV12", "a yes is asked for at most every five minutes",
        asked.with(330, Story.record(330, Story.phase(.awaitingApproval, .suspected, at: 330)))
            .with(400, Story.record(400, Story.phase(.suspected, .awaitingApproval, at: 400)))
    ),
    (
        "INV12", "of a block people hear at most every five minutes",
        asked.with(6900, Story.record(6900, Story.phase(.awaitingApproval, .blocked, at: 6900)))
    ),
    (
        "INV-look", "a person had it go on, right after everything was looked at",
        goesOnAfterRestart(at: 178.8, seenAt: 178.7)
    ),
    (
        "INV8", "a recheck is done again after a restart",
        Story().with(168.5, Story.record(168.5, .planRewound(because: "a restart")))
            .with(168.6, Story.record(168.6, .stepStarted(step: "1-recheck", attempt: 1)))
    ),
    (
        "INV-split", "the configuration accepts it",
        Story().without { $0.isRecord { if case .fenceOwed = $0 { true } else { false } } }
            .configured { $0.databases[0].fencing = Fencing(method: .none) }
    ),
    (
        "INV-split", "the old writer lives while its fence is owed",
        Story().with(300, Story.wrote(Story.primary))
    ),
    (
        "INV-look", "the old writer lives behind a fence",
        fencedEarly.with(176, Story.observed(176, alive: true))
    ),
    (
        "INV-look", "the checkers had an answer before the plan was made",
        Story().with(
            176,
            Story.observed([(checkers(healthy: true, at: 160), Story.time(176))]))
    ),
    (
        "INV-look", "it has answered since that commit, and is silent once more",
        Story().with(172, Story.observed([(answer(true), Story.time(172))]))
            .with(174.5, Story.observed([(answer(false), Story.time(174.5))]))
            .with(176, Story.observed([(committed(at: 171, seenAt: 175), Story.time(176))]))
    ),
    (
        "INV-look", "the replica receives nothing any more",
        Story().with(176, Story.observed([(committed(at: 172, seenAt: 175), Story.time(176))]))
            .configured { $0.policy.stallAfter = .seconds(2) }
    ),
    (
        "INV6", "an answer older than what is known takes nothing back",
        Story().with(300, Story.observed([(checkers(healthy: false, at: 299), Story.time(300))]))
            .with(310, Story.observed([(checkers(healthy: true, at: 100), Story.time(310))]))
            .with(
                325,
                Story.record(
                    325,
                    .assessed(
                        assessment: Story.assessment(
                            325, Story.judged(.suspect, [Story.vote(.route53, .failed)])))))
    ),
    ("INV-rest", "a person starts it in any mode", manual([]).configured { $0.policy.mode = .observe }),
]

let lever = FlipHealthCheck(
    lever: HealthCheckLever(
        database: "orders", name: SoundStory.name, healthCheckID: "hc", region: "eu-central-1",
        namespace: "drctl", metric: "m", dimensions: [:]), value: 1)

private func manual(_ overrides: [GateID]) -> SoundStory {
    SoundStory().changingPlan { $0.origin = .manual(by: "ann", reason: "a drill", overrides: overrides) }
}

/// The fence succeeded at once.
private let fencedEarly = SoundStory().changing { kind in
    guard case .record(let host, var record) = kind,
        case .stepFinished("2-fence:orders", let attempt, _) = record.event
    else { return }
    record.event = .stepFinished(
        step: "2-fence:orders", attempt: attempt, outcome: .succeeded(detail: "closed"))
    kind = .record(host, record)
}

extension Happening.Kind {
    func isRecord(_ isMeant: (Event) -> Bool) -> Bool {
        if case .record(_, let record) = self { isMeant(record.event) } else { false }
    }
}

extension SoundStory {
    var onAurora: SoundStory {
        configured { $0.databases[0].kind = .auroraGlobal(globalCluster: "global", method: .detach) }
    }

    /// Changes what the host hears.
    func hearing(from: Double, to: Double = 100_000, _ change: (inout [Observation]) -> Void) -> SoundStory {
        changing { kind in
            guard case .observed(let host, var list) = kind, let at = list.first?.at,
                at >= Self.time(from), at <= Self.time(to)
            else { return }
            change(&list)
            kind = .observed(host, list)
        }
    }

    /// Changes how an operation was sent.
    func sending(_ operation: String, _ change: (inout Mutation) -> Void) -> SoundStory {
        changing { kind in
            guard case .mutation(let host, var mutation) = kind, mutation.operation == operation else {
                return
            }
            change(&mutation)
            kind = .mutation(host, mutation)
        }
    }
}

/// The primary is heard again.
func answering(at seconds: Double) -> Happening.Kind {
    let answer = ProbeAnswer(answered: true, detail: "-")
    return Story.observed([(.probe(side: .primary, reading: .known(value: answer)), Story.time(seconds))])
}

/// The primary has made its last commit at 104 s, and 22 s of them are lost; forecast were 12 s.
func lostInTheDark(darkSince seconds: Double) -> SoundStory {
    Story().with(110, Story.wrote(Story.primary, lastAt: 104)).changing { kind in
        if case .effect(.lost) = kind { kind = .effect(.lost("orders", commits: 66, seconds: 22)) }
        guard case .record(let host, var record) = kind,
            case .phaseChanged(let from, .failingOver, let because, var assessment) = record.event
        else { return }
        assessment.databases[0].darkSince = Story.time(seconds)
        record.event = .phaseChanged(
            from: from, to: .failingOver, because: because, assessment: assessment)
        kind = .record(host, record)
    }
}

/// A yes is waited for, and people know.
let asked = dead.with(300, Story.record(300, Story.phase(.suspected, .awaitingApproval, at: 300)))
    .with(300.1, Story.record(300.1, .noticeIssued(notice: Story.notice(.approvalNeeded, at: 300.1))))
    .with(301, .delivered("shop-1-9-approval-needed", .approvalNeeded, "shop", Story.workload.topics[0]))
    .with(
        302,
        Story.record(302, .noticeSettled(id: "shop-1-9-approval-needed", deliveries: []))
    )

/// AWS said no to the promotion at first.
private let refused = SoundStory().with(180.2, refusal(of: SoundStory.cause("3-promote:orders")))

private func checkers(healthy: Bool, at seconds: Double) -> Fact {
    .routeHealth(reading: .known(value: HealthSample(healthy: healthy, sampledAt: SoundStory.time(seconds))))
}

private func answer(_ answered: Bool) -> Fact {
    .probe(side: .primary, reading: .known(value: ProbeAnswer(answered: answered, detail: "-")))
}

private func committed(at seconds: Double, seenAt sampled: Double) -> Fact {
    .replication(
        reading: .known(
            value: [LagSample(sampledAt: SoundStory.time(sampled), lagSeconds: sampled - seconds)]))
}
