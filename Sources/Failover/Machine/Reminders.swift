extension WorkloadMachine {
    /// Says again what still waits for somebody: nothing that is not well is passed over in silence. After
    /// the first reminder the pauses double, up to a day.
    mutating func remind(_ situation: Situation, _ turn: inout Turn) {
        let recalled = recalledState
        guard let (kind, first) = reminder, let told = recalled.lastNoticeAt, let since = recalled.phaseSince
        else { return }
        let pause = min(max(told - since, first), .seconds(86_400))
        guard turn.now - told >= pause else { return }
        let span = turn.now > since ? " after \((turn.now - since).text)" : ""
        let lasting = "still \(state.phase.rawValue)\(span)"
        issue(kind, because: "\(lasting): \(reminderText(situation))", situation.assessment, &turn)
    }

    /// What is said again in this phase, and when for the first time.
    private var reminder: (Notice.Kind, Duration)? {
        switch state.phase {
        case .watching, .failingOver: nil
        case .suspected: (.suspected, .seconds(900))
        case .blocked: (.blocked, .seconds(900))
        // An outage is running, and all that it waits for is a word.
        case .awaitingApproval: (.approvalNeeded, .seconds(300))
        case .needsOperator: (.needsOperator, .seconds(300))
        case .failedOver: (.exposed, state.owedFences.isEmpty ? .seconds(21_600) : .seconds(1800))
        }
    }

    private func reminderText(_ situation: Situation) -> String {
        switch state.phase {
        case .blocked: return situation.reasons
        case .needsOperator: return state.progress?.lastFailure ?? "the plan has stopped"
        case .failedOver:
            let owed = state.owedFences.map { "\($0.identifier) in \($0.region)" }.joined(separator: ", ")
            let standby =
                state.exposedSince == nil
                ? "config.yaml still names the old roles, so nothing fails over by itself"
                : "there is no standby"
            return owed.isEmpty ? standby : "\(standby); NOT FENCED YET: \(owed)"
        case .watching, .suspected, .awaitingApproval, .failingOver: return situation.spelled().sentence
        }
    }

    /// Asks for a person's yes. Evidence that goes to and fro would ask every few seconds; what still waits
    /// is said again by `remind`. Who has heard something else since does not know that it waits, and is
    /// asked at once.
    mutating func askForApproval(_ assessment: Assessment, _ turn: inout Turn) {
        if let at = upkeep.askedAt, turn.now - at < .seconds(300) { return }
        upkeep.askedAt = turn.now
        issue(.approvalNeeded, because: assessment.sentence, assessment, &turn)
    }

    /// Tells why nothing is done, once for each set of reasons while nothing else is said: evidence that goes
    /// to and fro would fill mailboxes.
    mutating func tellBlocked(_ situation: Situation, _ turn: inout Turn) {
        let closed = situation.closedGates
        let age = upkeep.toldBlockedAt.map { turn.now - $0 }
        if let age, age < .seconds(300) || (closed == upkeep.toldBlocked && age < .seconds(900)) { return }
        upkeep.toldBlocked = closed
        upkeep.toldBlockedAt = turn.now
        issue(.blocked, because: situation.reasons, situation.assessment, &turn)
    }

    /// While blocked: other gates are closed now than people were told.
    mutating func tellOtherReasons(_ situation: Situation, _ turn: inout Turn) {
        guard state.phase == .blocked, situation.closedGates != upkeep.toldBlocked else { return }
        tellBlocked(situation, &turn)
    }
}
