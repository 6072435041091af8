import Failover

/// The cases of `Event`, countable. Both switches are exhaustive: a new case of `Event` does not compile here
/// until it has a kind, and a new kind not until it has a sample.
enum EventKind: String, CaseIterable {
    case controllerStarted, controllerStopped, phaseChanged, assessed, requestReceived, requestRefused,
        planAdopted
    case stepStarted, stepFinished, stepUnconfirmed, planEnded, fenceOwed, fenceSettled, holdPlaced,
        holdReleased
    case noticeIssued, noticeSettled, exposureEnded, planRewound, nudged, lossFrozen, ledgerClosed

    init(_ event: Event) {
        self =
            switch event {
            case .controllerStarted: .controllerStarted
            case .controllerStopped: .controllerStopped
            case .phaseChanged: .phaseChanged
            case .assessed: .assessed
            case .requestReceived: .requestReceived
            case .requestRefused: .requestRefused
            case .planAdopted: .planAdopted
            case .stepStarted: .stepStarted
            case .stepFinished: .stepFinished
            case .stepUnconfirmed: .stepUnconfirmed
            case .planEnded: .planEnded
            case .fenceOwed: .fenceOwed
            case .fenceSettled: .fenceSettled
            case .holdPlaced: .holdPlaced
            case .holdReleased: .holdReleased
            case .noticeIssued: .noticeIssued
            case .noticeSettled: .noticeSettled
            case .exposureEnded: .exposureEnded
            case .planRewound: .planRewound
            case .nudged: .nudged
            case .lossFrozen: .lossFrozen
            case .ledgerClosed: .ledgerClosed
            }
    }

    /// At least one of this kind; more where what it carries has cases of its own.
    var samples: [Event] {
        switch self {
        case .controllerStarted: [.controllerStarted(version: "1.0", configurationDigest: "sha256:00ff")]
        case .controllerStopped: [.controllerStopped(reason: "SIGTERM")]
        case .phaseChanged:
            Phase.allCases.map {
                .phaseChanged(from: .watching, to: $0, because: "quorum 2 of 3", assessment: .sample)
            }
        case .assessed: [.assessed(assessment: .sample), .assessed(assessment: .empty)]
        case .requestReceived:
            OperatorRequest.Verb.allCases.map { .requestReceived(request: .sample($0)) }
        case .requestRefused:
            [.requestRefused(request: .sample(.failover), because: "the replica is stopped")]
        case .planAdopted:
            [
                .planAdopted(plan: .sample(.automatic)),
                .planAdopted(plan: .sample(.approved(by: "ann", reason: "ok"))),
            ]
                + [
                    .planAdopted(
                        plan: .sample(.manual(by: "ann", reason: "drill", overrides: GateID.allCases)))
                ]
        case .stepStarted: [.stepStarted(step: "1-recheck", attempt: 1)]
        case .stepFinished:
            [StepOutcome.succeeded(detail: "done")]
                .map { .stepFinished(step: "1-recheck", attempt: 2, outcome: $0) } + [
                    .stepFinished(
                        step: "2-fence:orders", attempt: 1,
                        outcome: .failed(detail: "no answer", retryable: true, mayHaveHappened: true))
                ]
        case .stepUnconfirmed:
            [.stepUnconfirmed(step: "6-confirm-traffic:orders", because: "no answer in 300 s")]
        case .planEnded:
            [PlanEnding.Outcome.completed, .abandoned, .abandonedHalfway].map {
                .planEnded(
                    ending: PlanEnding(outcome: $0, because: "all steps done", unconfirmed: ["6-confirm"]))
            }
        case .fenceOwed:
            FenceAction.samples.map { .fenceOwed(fence: $0, because: "the Region does not answer") }
        case .fenceSettled:
            [FenceSettlement.fenced(detail: "1 group"), .cancelled(because: "it is a replica")].map {
                .fenceSettled(fence: FenceAction.samples[1], settlement: $0)
            }
        case .holdPlaced: [.holdPlaced(hold: Hold(by: "bob", reason: "migration", since: .sample))]
        case .holdReleased: [.holdReleased(by: "bob", reason: "done")]
        case .noticeIssued: Notice.Kind.allCases.map { .noticeIssued(notice: .sample($0)) }
        case .noticeSettled: [.noticeSettled(id: "shop-3", deliveries: Delivery.samples)]
        case .exposureEnded: [.exposureEnded(because: "a replica in eu-west-1 is available")]
        case .planRewound: [.planRewound(because: "the controller was restarted")]
        case .nudged: [.nudged(source: "an alarm")]
        case .lossFrozen: [.lossFrozen(ledger: .sample), .lossFrozen(ledger: .empty)]
        case .ledgerClosed: [.ledgerClosed(failover: 3, by: "ann", reason: "reconciled")]
        }
    }
}
