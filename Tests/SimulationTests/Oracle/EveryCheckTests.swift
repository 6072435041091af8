import Failover
import Testing

@testable import Simulation

/// Every finding that an invariant can make, by words of it that no other finding has. A check that is taken
/// out of an invariant, while the rest of it stays, is missed here.
private let everyFinding: [(invariant: String, words: String)] = [
    ("INV1", "promoted already"), ("INV1", "with an open end"), ("INV1", "is promoted: nobody's"),
    ("INV1", "is promoted: not the standby"), ("INV1", "is promoted without a plan"),
    ("INV1", "has promoted eu-central-1/orders-b, and now"),
    ("INV2", "but the lease is host-2's"), ("INV2", "but its lease ended"),
    ("INV2", "but its lease is not there"), ("INV2", "may act under the one before"),
    ("INV2", "but lease 2 is host-2's"), ("INV2", "but its process has ended"),
    ("INV3", "no plan moves this traffic"), ("INV3", "nobody's lever"), ("INV3", "nobody's name"),
    ("INV3", "traffic is moved for no step"), ("INV3", "does not write"), ("INV3", "no record says that"),
    ("INV4", "leads nowhere"), ("INV4", "leads back"), ("INV4", "is put to 0"),
    ("INV5", "nobody's plan"), ("INV5", "only this was heard"), ("INV5", "was failed for"),
    ("INV6", "which nothing heard says"), ("INV6", "is called healthy, and nothing says so"),
    ("INV6", "is called failed on 1 votes"),
    ("INV7", "is not known"), ("INV7", "was seen to commit"), ("INV7", "would be lost"),
    ("INV7", "no ledger says"), ("INV7", "of commits, forecast were"),
    ("INV8", "failover 0 is over"), ("INV8", "no durable record says that it begins"),
    ("INV8", "it is on record as done"), ("INV8", "no durable record owes it"),
    ("INV8", "no durable record has flipped it"), ("INV8", "no durable record issues it"),
    ("INV8", "it is sent for nothing"), ("INV8", "begins without a plan"),
    ("INV8", "begins again, though it is done"), ("INV8", "begins twice"),
    ("INV8", "a plan is adopted beside"), ("INV8", "failover 3 follows"),
    ("INV9", "not a call for a controller"), ("INV9", "that way is back"),
    ("INV9", "that is the writer to be"),
    ("INV10", "times a minute"), ("INV10", "for the 6th time"), ("INV10", "were not spread"),
    ("INV10", "has not asked for the lease"),
    ("INV11", "a control byte"), ("INV11", "a secret"),
    ("INV12", "is given up after"), ("INV12", "is needs-operator since"),
    ("INV12", "no notice says so"), ("INV12", "is failed-over since"), ("INV12", "is blocked since"),
    ("INV12", "is awaiting-approval since"),
    ("liveness", "is failing over for"), ("liveness", "is suspected, and nobody was told"),
    ("liveness", "though enough was heard"), ("liveness", "is owed, and nobody tries it"),
    ("liveness", "was let go"),
    ("INV-idle", "which was heard, and is watched"), ("INV-idle", "by what is not so: capacity, window"),
    ("INV-idle", "by what is not so: replica-view"),
    ("INV-split", "is neither fenced nor owed"), ("INV-split", "is on record as fenced"),
    ("INV-look", "nothing was heard of"), ("INV-look", "has not looked at everything again"),
    ("INV-look", "primaryProbe proves"), ("INV-look", "replication proves"),
    ("INV-look", "routeHealth proves"),
    ("INV-rest", "cools down, and no failover"), ("INV-rest", "starts, held by"),
    ("INV-rest", "starts by itself, its mode is"), ("INV-rest", "was approved, its mode is"),
    ("INV-rest", "in a maintenance window"), ("INV-rest", "after the last failover"),
]

@Suite struct EveryCheckTests {
    /// What each invariant has to say of all traces that violate it.
    private static let said: [String: [String]] = violating.reduce(into: [:]) { said, entry in
        for finding in entry.story.findings(only: [entry.invariant]) {
            said[entry.invariant, default: []].append(finding.detail)
        }
    }

    @Test(arguments: everyFinding.indices)
    func everyCheckHasATraceThatMakesItSpeak(index: Int) {
        let (invariant, words) = everyFinding[index]
        let found = Self.said[invariant, default: []].contains { $0.contains(words) }
        #expect(found, "no trace makes \(invariant) say: \(words)")
    }

    @Test func everyInvariantIsInTheTable() {
        #expect(Set(everyFinding.map(\.invariant)) == Set(Oracle.invariants.map { $0.id }))
    }

    private static let dirty = "odd\u{7}"
    private static let texts: [Event] = [
        SoundStory.phase(.watching, .suspected, because: dirty),
        .stepFinished(step: "1-recheck", attempt: 1, outcome: .succeeded(detail: dirty)),
        .stepFinished(
            step: "1-recheck", attempt: 1,
            outcome: .failed(detail: dirty, retryable: true, mayHaveHappened: false)),
        .stepUnconfirmed(step: "1-recheck", because: dirty),
        .fenceOwed(fence: SoundStory.fence, because: dirty),
        .planEnded(ending: PlanEnding(outcome: .completed, because: dirty)),
        .fenceSettled(fence: SoundStory.fence, settlement: .fenced(detail: dirty)),
        .fenceSettled(fence: SoundStory.fence, settlement: .cancelled(because: dirty)),
        .noticeIssued(notice: SoundStory.notice(.exposed, at: 300, headline: dirty)),
        .noticeIssued(notice: SoundStory.notice(.exposed, at: 300, body: "two\nlines\u{7}")),
        .noticeSettled(
            id: "n",
            deliveries: [Delivery(topic: SoundStory.workload.topics[0], messageID: nil, failure: dirty)]),
        .nudged(source: dirty),
    ]

    @Test(arguments: texts.indices)
    func noTextOfARecordMayHoldAControlByte(index: Int) {
        let story = SoundStory().with(300, SoundStory.record(300, Self.texts[index]))
        #expect(story.findings(only: ["INV11"]).count == 1)
    }
}
