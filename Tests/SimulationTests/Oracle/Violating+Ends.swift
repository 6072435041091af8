import Failover

@testable import AWS
@testable import Simulation

private typealias Story = SoundStory

let violatingIntents: [(String, String, SoundStory)] = [
    (
        "INV8", "no intent was on record",
        Story().without {
            $0.isRecord { if case .stepStarted("3-promote:orders", _) = $0 { true } else { false } }
        }
    ),
    (
        "INV8", "the order was of an older failover",
        Story().sending("PromoteReadReplica") {
            $0.cause = .step("shop", epoch: 0, step: "3-promote:orders", attempt: 1)
        }
    ),
    ("INV8", "the failover was over", Story().with(300, Story.mutation(Story.fencing))),
    (
        "INV8", "another try of it was on record",
        Story().sending("PromoteReadReplica") { $0.cause = Story.cause("3-promote:orders", attempt: 2) }
    ),
    ("INV8", "a step was done again", Story().with(200, Story.mutation(Story.promoting))),
    ("INV8", "nobody had ordered it", Story().sending("PromoteReadReplica") { $0.cause = nil }),
    (
        "INV8", "the fence was not owed",
        Story().with(500, Story.mutation(changed(Story.fencing) { $0.cause = .fence(Story.fence) }))
    ),
    ("INV8", "the notice was not on record", Story().sending("Publish") { $0.cause = .notice("another") }),
    (
        "INV8", "a plan was adopted beside another",
        Story().with(190, Story.record(190, .planAdopted(plan: Story.plan)))
    ),
    (
        "INV8", "a try began twice",
        Story().with(181, Story.record(181, .stepStarted(step: "3-promote:orders", attempt: 1)))
    ),
    ("INV10", "there were more calls than the budget", storm(count: CallBudget.perMinute + 1)),
    ("INV11", "a notice held a control byte", Story().with(300, noticed("shop: \u{1b}[31mred"))),
    ("INV11", "a notice held a C1 control", Story().with(300, noticed("shop: \u{9b}31mred"))),
    ("INV11", "a notice held a delete", Story().with(300, noticed("shop\u{7f}"))),
    ("INV11", "a line was forged", Story().with(300, .problem(Story.host, "odd\nshop: all is well"))),
    (
        "INV11", "a log line held a secret",
        Story().with(300, .problem(Story.host, "key \(Story.secret) is wrong"))
    ),
]

let violatingEnds: [(String, String, SoundStory)] = [
    (
        "INV7", "the forecast left out the age of the sample",
        Story().changingPlan { $0.forecast.lossSeconds = 0 }.hearing(from: 0) { list in
            for index in list.indices where list[index].fact.slot == .replication {
                list[index].fact = .replication(
                    reading: .known(value: [LagSample(sampledAt: Story.time(75), lagSeconds: 0.5)]))
            }
        }
    ),
    (
        "INV7", "what the replica had applied was known too long ago",
        Story().hearing(from: 0) { $0.removeAll { [.replication, .primaryProbe].contains($0.fact.slot) } }
            .with(-3500, Story.observed(-3500, alive: true))
    ),
    (
        "INV7", "the primary had been back long enough to be known to be, and more was to be lost",
        Story().with(150, answering(at: 150))
    ),
    ("INV7", "more was lost than forecast before the primary went dark", lostInTheDark(darkSince: 103)),
    (
        "INV12", "a notice that nobody took was given up",
        Story().with(
            260,
            Story.record(
                260,
                .noticeSettled(
                    id: "shop-1-9-completed",
                    deliveries: [
                        Delivery(topic: SoundStory.workload.topics[0], messageID: nil, failure: "-")
                    ])))
    ),
    (
        "INV12", "no notice was written with the end",
        Story().without { $0.isRecord { if case .noticeIssued = $0 { true } else { false } } }
    ),
    (
        "liveness", "a lever was let go",
        Story().changingPlan { $0.steps[4].action = .flipHealthCheck(lever) }
    ),
    (
        "INV12", "nobody was told of the end",
        Story().without { if case .delivered = $0 { true } else { false } }
    ),
    (
        "INV12", "people had been told of an end before, and of something else since",
        Story().without { if case .delivered = $0 { true } else { false } }
            .with(50, .delivered("shop-0-1-exposed", .exposed, "shop", Story.workload.topics[0]))
            .with(300, .delivered("shop-1-3-suspected", .suspected, "shop", Story.workload.topics[0]))
    ),
    (
        "INV12", "nobody was told that a person is needed",
        Story().cut(after: 182).with(
            190, Story.record(190, Story.phase(.failingOver, .needsOperator, at: 190)))
    ),
    ("liveness", "a plan never ended", Story().cut(after: 182)),
    ("liveness", "a suspicion was told to nobody", Story().cut(after: 120)),
    (
        "liveness", "a suspicion lasted though enough was heard",
        suspectedForGood.with(7170, observedOnlyDead(7170)).with(7190, observedOnlyDead(7190))
    ),
    ("INV12", "a yes was waited for, and people had been told of a block since", askedNoMore),
    ("INV-idle", "a dead primary was watched", dead),
    (
        "INV-idle", "a dead primary was left for a reason that is none",
        dead.blocked(by: [.capacity, .window])
    ),
    (
        "INV-idle", "a dead primary was left though nobody forbids it",
        dead.blocked(by: [.mode, .hold, .cooldown])
    ),
    (
        "INV-idle", "a dead primary was left on evidence that is there",
        dead.blocked(by: [.quorum, .freshness, .sourceAlive, .isolation, .provider, .lease])
    ),
    (
        "INV-idle", "a replica that was heard was waited for",
        dead.blocked(by: [.replicaView]).onAurora
    ),
    (
        "INV12", "nobody was told what blocks it",
        Story().cut(after: 120).with(200, Story.record(200, Story.phase(.suspected, .blocked, at: 200)))
    ),
    (
        "liveness", "an owed fence was never made",
        Story().without { $0.isRecord { if case .fenceSettled = $0 { true } else { false } } }
            .with(500, Story.wrote(Story.primary)).with(7000, Story.wrote(Story.primary))
    ),
]
