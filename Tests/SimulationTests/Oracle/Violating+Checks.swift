import Failover

@testable import AWS
@testable import Simulation

private typealias Story = SoundStory

/// One trace for each check that no other trace is about.
let violatingChecks: [(String, String, SoundStory)] =
    violatingCalls + violatingTraffic + violatingRecords + violatingPace

private let violatingCalls: [(String, String, SoundStory)] = [
    (
        "INV1", "it was sent when the new writer was to be seen",
        Story().with(300, Story.mutation(Story.promoting))
    ),
    (
        "INV1", "nobody's database was promoted",
        Story().with(
            300,
            .effect(.promoted("other", site: SiteName(region: "eu-west-1", identifier: "other"), writers: []))
        )
    ),
    (
        "INV1", "nobody had planned it",
        Story().with(100, .effect(.promoted("orders", site: Story.standby, writers: [])))
    ),
    (
        "INV1", "it was sent again because another call was refused",
        Story().with(180.2, refusal(of: Story.cause("3-promote:ledger")))
            .with(180.5, Story.mutation(Story.promoting))
    ),
    (
        "INV1", "it was sent again on an answer that nobody can read",
        Story().with(180.2, refusal(of: Story.cause("3-promote:orders"), .malformedResponse, status: 200))
            .with(180.5, Story.mutation(Story.promoting))
    ),
    (
        "INV2", "there was no lease",
        Story().shared.sending("PromoteReadReplica") { $0.leaseValidUntil = nil }
    ),
    (
        "INV2", "a lease was taken before its time",
        Story().shared.with(6000, taken(by: "host-2", whileGoodUntil: 6010))
    ),
]

private let violatingTraffic: [(String, String, SoundStory)] = [
    (
        "INV3", "no step of the plan was to move it",
        Story().sending("ChangeResourceRecordSets") { $0.cause = Story.cause("9-another") }
    ),
    (
        "INV3", "it was moved for a notice",
        Story().sending("ChangeResourceRecordSets") { $0.cause = .notice("shop-1-9-completed") }
    ),
    (
        "INV3", "the name was nobody's",
        Story().changingPlan { plan in
            guard case .moveRecord(var move) = plan.steps[4].action else { return }
            move.name = "other.db.example"
            plan.steps[4].action = .moveRecord(move)
        }
    ),
    (
        "INV3", "the lever was nobody's",
        Story().with(300, Story.mutation(flipping { $0.name = "other.db.example" }))
    ),
    ("INV8", "no lever was flipped", Story().with(300, Story.mutation(flipping { _ in }))),
]

private let violatingRecords: [(String, String, SoundStory)] = [
    (
        "INV7", "more was to be lost than the limit, and it was known",
        Story().changingPlan { $0.forecast.lossSeconds = 100 }.hearing(from: 0) { list in
            for index in list.indices where list[index].fact.slot == .replication {
                list[index].fact = .replication(
                    reading: .known(value: [LagSample(sampledAt: Story.time(40), lagSeconds: 0.5)]))
            }
        }
    ),
    (
        "INV-rest", "nobody is asked for leave",
        Story().changingPlan { $0.origin = .approved(by: "ann", reason: "-") }
    ),
    ("INV5", "one kind too few said failed", Story().configured { $0.policy.quorum = 4 }),
    (
        "INV5", "the process that decided had not watched for so long",
        Story().with(150.5, .host(Story.host, .crashed)).with(150.6, .host(Story.host, .started))
    ),
    ("INV5", "the plan was nobody's", Story().changingPlan { $0.workload = "ghost" }),
    (
        "INV6", "a failed one was called healthy",
        Story().with(
            116,
            Story.record(
                116,
                .assessed(
                    assessment: Story.assessment(116, Story.judged(.healthy, [Story.vote(.probe, .failed)]))))
        )
    ),
    (
        "INV8", "there was no plan",
        Story().with(50, Story.record(50, .stepStarted(step: "1-recheck", attempt: 1)))
    ),
    (
        "INV8", "it was done already",
        Story().with(200, Story.record(200, .stepStarted(step: "3-promote:orders", attempt: 2)))
    ),
    ("INV8", "two failovers were left out", Story().changingPlan { $0.epoch = 3 }),
    ("INV12", "nobody was told of the block", ending(in: .blocked)),
    ("INV12", "nobody was asked for leave", ending(in: .awaitingApproval)),
    (
        "INV-rest", "a maintenance window was open",
        Story().configured {
            $0.policy.maintenance = [
                MaintenanceWindow(days: [.wed], startMinute: 1435, duration: .seconds(600))
            ]
        }
    ),
]

private let violatingPace: [(String, String, SoundStory)] = [
    ("INV10", "a call was tried a sixth time", Story().with(300, failing(attempt: 6, willRetry: false))),
    ("INV10", "every retry came after half a second", retries(after: { _ in 0.5 })),
    ("INV10", "a renewal was late", Story().keepingLease(missing: 500...515)),
    (
        "INV10", "a lease was lost because nobody asked for it",
        Story().keepingLease(missing: 500...7200)
            .with(515, .problem(Story.host, "lease lost: epoch 1 is over"))
    ),
    ("INV10", "renewals ended", Story().keepingLease(missing: 7000...7200)),
]

// MARK: - Parts

/// AWS said no to a promotion.
func refusal(of cause: Cause, _ kind: AWSError.Kind = .throttled, status: Int = 400) -> Happening.Kind {
    .called(
        SoundStory.host,
        CallRecord(
            service: "rds", operation: "PromoteReadReplica", region: "eu-central-1", attempt: 1,
            duration: .zero, outcome: .failure(kind: kind, code: "Throttling", willRetry: false),
            status: status, requestID: nil), for: cause)
}

func taken(by host: HostID, whileGoodUntil end: Double) -> Happening.Kind {
    .lease(
        holder: host, epoch: 2,
        after: Happening.Predecessor(SoundStory.host, mayActUntil: SoundStory.time(end)))
}

private func flipping(_ change: (inout HealthCheckLever) -> Void) -> Mutation {
    var flip = lever
    change(&flip.lever)
    return Mutation(
        service: "monitoring", operation: "PutMetricData", region: "eu-central-1", target: "m",
        cause: .lever(flip))
}

/// It comes to rest there, and nobody hears of it.
private func ending(in phase: Phase) -> SoundStory {
    SoundStory().cut(after: 120)
        .with(125, SoundStory.record(125, SoundStory.phase(.suspected, phase, at: 125)))
}

private func failing(attempt: Int, willRetry: Bool) -> Happening.Kind {
    .called(
        SoundStory.host,
        CallRecord(
            service: "rds", operation: "DescribeDBInstances", region: "eu-west-1", attempt: attempt,
            duration: .milliseconds(200),
            outcome: .failure(kind: .serverFault, code: "HTTP 500", willRetry: willRetry), status: 500,
            requestID: nil))
}

/// As many calls as it takes to tell, each tried twice.
func retries(after wait: (Int) -> Double) -> SoundStory {
    (0..<RetrySpread.enough).reduce(into: SoundStory()) { story, number in
        let first = 500 + 10 * Double(number)
        story = story.with(first, failing(attempt: 1, willRetry: true))
            .with(first + wait(number) + 0.2, failing(attempt: 2, willRetry: false))
    }
}

extension SoundStory {
    /// With a lease that its host asks for every 5 s, but in one span.
    func keepingLease(missing gap: ClosedRange<Double>) -> SoundStory {
        var story = shared
        story.premises.leaseTTL = .seconds(15)
        for second in stride(from: 0.0, through: Double(ends), by: 5) where !gap.contains(second) {
            story = story.with(second + 0.5, .leaseAsked(Self.host))
        }
        return story
    }
}
