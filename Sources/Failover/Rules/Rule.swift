/// One row of the table by which a workload changes phase.
public struct Rule: Sendable {
    /// Stable: records name it.
    public let id: RuleID
    public let from: [Phase]
    public let on: Trigger
    public let when: Guard
    public let to: Phase
    public let because: String
    /// The row of its phase and trigger for when no other holds. All others exclude each other.
    public let isFallback: Bool
    private let clauses: [Clause]

    init(
        id: RuleID, from: [Phase], on: Trigger, when: Guard, to: Phase, isFallback: Bool = false,
        because: String
    ) {
        self.id = id
        self.from = from
        self.on = on
        self.when = when
        self.to = to
        self.because = because
        self.isFallback = isFallback
        clauses = when.clauses
    }

    func holds(in situation: Situation) -> Bool { clauses.contains { $0.holds(in: situation) } }

    /// What makes the rules be looked at.
    public enum Trigger: String, Sendable, CaseIterable {
        /// New evidence, or time has passed.
        case evidence
        case failoverRequested = "failover requested"
        case approved
        case resumed
        case abandoned
        /// The controller has started, or taken the lease over, with a plan under way.
        case restarted
        /// A step is about to be ordered, for the first time or again.
        case stepDue = "step due"
        case stepSucceeded = "step succeeded"
        case stepFailed = "step failed"
    }
}

/// The table. Rows are tried in order; the first whose guard holds fires. `drctl` prints it, and tests prove
/// that no phase is a dead end, that no row is unreachable and that no two rows contend.
public enum Rules {
    public static let table: [Rule] =
        watchingRules + suspicionRules + requestRules + restartRules + dueRules + stepRules + aftermathRules

    /// The first row that fires.
    static func first(from phase: Phase, on trigger: Rule.Trigger, in situation: Situation) -> Rule? {
        occasions[Occasion(from: phase, on: trigger)]?.first { $0.holds(in: situation) }
    }

    private struct Occasion: Hashable {
        var from: Phase
        var on: Rule.Trigger
    }

    /// The rows that may fire on each occasion, in order.
    private static let occasions = Phase.allCases.reduce(into: [Occasion: [Rule]]()) { found, phase in
        for rule in table where rule.from.contains(phase) {
            found[Occasion(from: phase, on: rule.on), default: []].append(rule)
        }
    }

    private static let watchingRules = [
        Rule(
            id: "suspect", from: [.watching], on: .evidence, when: .troubled, to: .suspected,
            because: "something is wrong; the confirmation window runs")
    ]

    private static let suspicionRules = [
        Rule(
            id: "clear", from: [.suspected, .blocked, .awaitingApproval], on: .evidence, when: .calm,
            to: .watching,
            because: "all has been well for the clearance window"),
        Rule(
            id: "no-plan", from: [.suspected, .awaitingApproval], on: .evidence, when: .unplannable,
            to: .blocked,
            because: "the failure is confirmed and every gate is open, but no plan can be made"),
        Rule(
            id: "confirmed-automatic", from: [.suspected, .blocked, .awaitingApproval], on: .evidence,
            when: .ready,
            to: .failingOver, because: "the failure is confirmed and every gate is open"),
        Rule(
            id: "confirmed-approval", from: [.suspected, .blocked], on: .evidence, when: .readyButForApproval,
            to: .awaitingApproval,
            because: "the failure is confirmed and safe to act on; a person must say yes"),
        Rule(
            id: "confirmed-blocked", from: [.suspected, .awaitingApproval], on: .evidence, when: .refused,
            to: .blocked,
            because: "the failure is confirmed, but a gate is closed"),
        Rule(
            id: "doubt", from: [.blocked, .awaitingApproval], on: .evidence, when: .doubtful, to: .suspected,
            because: "the witnesses do not agree any more; the confirmation window starts again"),
    ]

    private static let requestRules = [
        Rule(
            id: "manual", from: [.watching, .suspected, .blocked, .awaitingApproval], on: .failoverRequested,
            when: .manualGatesOpen, to: .failingOver,
            because: "a person asked for it and no remaining gate is closed"),
        Rule(
            id: "approved", from: [.awaitingApproval], on: .approved, when: .gatesButModeOpen,
            to: .failingOver,
            because: "a person approved it and every other gate is open"),
        Rule(
            id: "resumed", from: [.needsOperator], on: .resumed, when: .resumable, to: .failingOver,
            because: "a person asked to try the step again, and it is still right"),
        Rule(
            id: "given-up-early", from: [.needsOperator], on: .abandoned, when: .nothingPromoted,
            to: .suspected,
            because: "a person gave the plan up before anything was promoted"),
        Rule(
            id: "given-up-halfway", from: [.needsOperator], on: .abandoned, when: .always, to: .failedOver,
            isFallback: true,
            because: "a person gave the plan up after the promotion; the rest is theirs to do"),
    ]

    private static let restartRules = [
        Rule(
            id: "outdated", from: [.failingOver], on: .restarted, when: .outdated, to: .suspected,
            because: "the plan is older than 15 min and has changed nothing: the failover is judged anew"),
        Rule(
            id: "judged-again", from: [.failingOver], on: .restarted, when: .nothingPromoted,
            to: .failingOver,
            because: "after a restart, and before anything was promoted, every gate is judged again"),
    ]

    private static let dueRules = [
        Rule(
            id: "unseen", from: [.failingOver], on: .stepDue, when: .unseen, to: .needsOperator,
            because: "after a restart the databases could not be looked at, and nothing is promoted blindly"),
        Rule(
            id: "returned-early", from: [.failingOver], on: .stepDue, when: .returnedUntouched,
            to: .suspected,
            because: "the primary came back before anything was changed"),
        Rule(
            id: "returned", from: [.failingOver], on: .stepDue, when: .returned, to: .needsOperator,
            because: "the primary is alive and not fenced: a promotion now would make two writers"),
    ]

    private static let stepRules = [
        Rule(
            id: "recheck-says-no", from: [.failingOver], on: .stepSucceeded, when: .recheckRefusesUntouched,
            to: .suspected,
            because: "looked at again right before acting, the failover is not right any more"),
        Rule(
            id: "recheck-stops", from: [.failingOver], on: .stepSucceeded, when: .recheckRefuses,
            to: .needsOperator,
            because: "after a restart the failover is not right any more, but the old writer may be fenced"),
        Rule(
            id: "plan-completed", from: [.failingOver], on: .stepSucceeded, when: .lastStep, to: .failedOver,
            because: "every step is done"),
        Rule(
            id: "step-done", from: [.failingOver], on: .stepSucceeded, when: .always, to: .failingOver,
            isFallback: true,
            because: "the step is done and verified; the next one follows"),
        Rule(
            id: "step-retried", from: [.failingOver], on: .stepFailed, when: .mayRetry, to: .failingOver,
            because: "the step failed and has tries and time left"),
        Rule(
            id: "step-owed", from: [.failingOver], on: .stepFailed, when: .mayOwe, to: .failingOver,
            because: "the old writer cannot be fenced now; the fence is owed and the plan goes on"),
        Rule(
            id: "completed-unconfirmed", from: [.failingOver], on: .stepFailed, when: .lastUnconfirmed,
            to: .failedOver,
            because: "every change is made, but the last proof is missing"),
        Rule(
            id: "step-unconfirmed", from: [.failingOver], on: .stepFailed, when: .mayGoUnconfirmed,
            to: .failingOver,
            because: "only a proof, or capacity, is missing; it is noted, and the plan goes on"),
        Rule(
            id: "plan-abandoned", from: [.failingOver], on: .stepFailed, when: .mayAbandon, to: .suspected,
            because: "the step failed before anything was changed"),
        Rule(
            id: "step-stuck", from: [.failingOver], on: .stepFailed, when: .always, to: .needsOperator,
            isFallback: true,
            because: "the step is out of tries or time, and going on without it is not safe"),
    ]

    private static let aftermathRules = [
        Rule(
            id: "reprotected", from: [.failedOver], on: .evidence, when: .protectedAsConfigured,
            to: .watching,
            because: "the configured primary is the writer and the configured standby replicates from it")
    ]
}
