/// What a guard is made of: facts about a situation that are so or not.
enum Condition: Sendable, CaseIterable {
    case troubled, calm, confirmed, partialLasts, agreed
    /// No gate is closed that a person's yes would not open, where one is waited for.
    case gatesOpen
    case automatic, approval, plannable
    case manualGatesOpen, gatesButModeOpen, resumable
    case nothingPromoted, untouched, outdated, unseen, returned
    case recheckRefuses, lastStep, mayRetry
    /// What is to follow when the current step is out of tries or time.
    case owes, notesUnconfirmed, abandons
    case protectedAsConfigured

    /// Of each of these sets at most one holds at any time: verdicts, modes and ends of a step exclude each
    /// other. What follows from the *failed* verdict follows from no other.
    static let exclusive: [Set<Condition>] = [
        [.calm, .agreed], [.calm, .confirmed, .partialLasts], [.automatic, .approval],
        [.owes, .notesUnconfirmed, .abandons],
    ]

    func holds(in situation: Situation) -> Bool {
        switch self {
        case .troubled: situation.isTroubled
        case .calm: situation.isCalm
        case .confirmed: situation.confirmed
        case .partialLasts: situation.partialLasts
        case .agreed: situation.attention.quorumSince != nil || situation.attention.partialSince != nil
        case .gatesOpen: !situation.isClosed(but: situation.openedByYes)
        case .automatic: situation.policy.mode == .automatic
        case .approval: situation.policy.mode == .approval
        case .plannable: situation.obstacle == nil
        case .manualGatesOpen: !situation.isClosed(but: situation.overridden)
        case .gatesButModeOpen: !situation.isClosed(but: .mode)
        case .resumable: situation.resumeRefusals.isEmpty
        case .nothingPromoted: !situation.state.pastPointOfNoReturn
        case .untouched: situation.isUntouched
        case .outdated: situation.isOutdated
        case .unseen: situation.unseen
        case .returned: !situation.returnSigns.isEmpty
        case .recheckRefuses: !situation.recheckRefusals.isEmpty
        case .lastStep: situation.onLastStep
        case .mayRetry: situation.mayRetry
        case .owes: situation.currentFailure == .owe
        case .notesUnconfirmed: situation.currentFailure == .noteUnconfirmed
        case .abandons: situation.currentFailure == .abandon
        case .protectedAsConfigured: situation.isProtectedAsConfigured
        }
    }
}

/// Holds when all of `yes` hold and none of `no`.
struct Clause: Sendable {
    let yes: [Condition]
    let no: [Condition]

    init(_ yes: Condition..., but no: [Condition] = []) {
        self.yes = yes
        self.no = no
    }

    func holds(in situation: Situation) -> Bool {
        yes.allSatisfy { $0.holds(in: situation) } && !no.contains { $0.holds(in: situation) }
    }

    /// Whether no situation can have both: one asks for what the other rules out.
    func excludes(_ other: Clause) -> Bool {
        yes.contains(where: other.no.contains) || no.contains(where: other.yes.contains)
            || Condition.exclusive.contains { set in
                yes.contains { mine in
                    set.contains(mine) && other.yes.contains { $0 != mine && set.contains($0) }
                }
            }
    }
}
