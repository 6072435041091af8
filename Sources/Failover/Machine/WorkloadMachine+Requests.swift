extension WorkloadMachine {
    /// Answers a person. Every request and every refusal is recorded with who and why.
    mutating func answer(_ request: OperatorRequest, _ turn: inout Turn) {
        switch request.verb {
        case .hold: placeHold(request, &turn)
        case .release: releaseHold(request, &turn)
        case .failover: transition(request, on: .failoverRequested, &turn)
        case .approve: transition(request, on: .approved, &turn)
        case .resume: transition(request, on: .resumed, &turn)
        case .abandon: abandon(request, &turn)
        case .closeLedger: closeLedger(request, &turn)
        }
    }

    private mutating func closeLedger(_ request: OperatorRequest, _ turn: inout Turn) {
        let open = state.ledgers.map(\.failover)
        guard let failover = request.failover, open.contains(failover) else {
            let asked = request.failover.map { "failover \($0) has no open ledger." } ?? "which failover's?"
            let known = open.isEmpty ? "none is" : open.map(String.init).joined(separator: ", ")
            return refuse(
                request, "\(workload.id): \(asked) Open: \(known) (drctl ledger \(workload.id))", &turn)
        }
        guard failover != state.epoch || (state.phase != .failingOver && state.phase != .needsOperator) else {
            return refuse(
                request,
                "failover \(failover) of \(workload.id) has not ended, so what it loses is not known yet: "
                    + "drctl status \(workload.id)", &turn)
        }
        write(.requestReceived(request: request), &turn)
        write(.ledgerClosed(failover: failover, by: request.by, reason: request.reason), &turn)
        accept("\(workload.id): the ledger of failover \(failover) is closed", &turn)
    }

    private mutating func placeHold(_ request: OperatorRequest, _ turn: inout Turn) {
        if let hold = state.hold {
            refuse(request, "\(workload.id) is on hold already, by \(hold.by): \(hold.reason)", &turn)
            return
        }
        write(.requestReceived(request: request), &turn)
        write(.holdPlaced(hold: Hold(by: request.by, reason: request.reason, since: turn.now)), &turn)
        issue(.held, because: "by \(request.by): \(request.reason)", situation(turn).assessment, &turn)
        let running = state.phase == .failingOver ? " The failover that is running goes on." : ""
        accept(
            "\(workload.id) is on hold: no failover will start until drctl release \(workload.id).\(running)",
            &turn)
    }

    private mutating func releaseHold(_ request: OperatorRequest, _ turn: inout Turn) {
        guard state.hold != nil else {
            refuse(request, "\(workload.id) is not on hold", &turn)
            return
        }
        write(.requestReceived(request: request), &turn)
        write(.holdReleased(by: request.by, reason: request.reason), &turn)
        issue(.released, because: "by \(request.by): \(request.reason)", situation(turn).assessment, &turn)
        accept("\(workload.id) is off hold", &turn)
    }

    private mutating func transition(_ request: OperatorRequest, on trigger: Rule.Trigger, _ turn: inout Turn)
    {
        let situation = situation(turn, request: request)
        guard let rule = Rules.first(from: state.phase, on: trigger, in: situation) else {
            refuse(request, refusal(of: request, on: trigger, in: situation), &turn)
            return
        }
        if state.phase != .needsOperator, let obstacle = situation.obstacle {
            refuse(request, obstacle, &turn)
            return
        }
        request.verb == .resume
            ? takeOn(request, in: situation, &turn) : write(.requestReceived(request: request), &turn)
        fire(rule, in: situation, detail: "\(request.by): \(request.reason)", &turn)
        accept(
            "\(workload.id): failover \(state.epoch) is running; watch it with drctl status \(workload.id)",
            &turn)
    }

    /// A plan that goes back to its recheck would be refused there again by what this person has just passed
    /// over: all of it is on record, and what may be lost is frozen anew.
    private mutating func takeOn(
        _ request: OperatorRequest, in situation: Situation, _ turn: inout Turn
    ) {
        var noted = request
        noted.overrides = situation.overriddenByResuming.ids.sorted()
        write(.requestReceived(request: noted), &turn)
        guard let plan = state.plan, !state.pastPointOfNoReturn else { return }
        write(.lossFrozen(ledger: situation.ledger(for: plan)), &turn)
    }

    private mutating func abandon(_ request: OperatorRequest, _ turn: inout Turn) {
        let situation = situation(turn, request: request)
        guard let rule = Rules.first(from: state.phase, on: .abandoned, in: situation) else {
            refuse(request, refusal(of: request, on: .abandoned, in: situation), &turn)
            return
        }
        write(.requestReceived(request: request), &turn)
        let halfway = rule.to == .failedOver
        let left = halfway ? ["what it changed stays"] : leftBehind
        let because = "\(request.by): \(request.reason)"
        write(
            .planEnded(
                ending: PlanEnding(
                    outcome: halfway ? .abandonedHalfway : .abandoned, because: because,
                    unconfirmed: state.progress?.unconfirmed ?? [])), rule: rule.id, &turn)
        if !halfway, state.hold == nil {
            // Left to itself the controller would start the same failover again within a window.
            let hold = Hold(
                by: request.by, reason: "gave failover \(state.epoch) up: \(request.reason)", since: turn.now)
            write(.holdPlaced(hold: hold), &turn)
        }
        attention.quorumSince = nil
        let next = halfway ? [] : ["on hold until drctl release \(workload.id)"]
        fire(rule, in: self.situation(turn), detail: ([because] + left + next).joined(separator: "; "), &turn)
        accept("\(workload.id): the plan is given up; \((left + next).joined(separator: "; "))", &turn)
    }

    /// What a plan that is given up before its promotion has done already: the controller takes no fence
    /// down.
    private var leftBehind: [String] { ["nothing was promoted"] + touchedFences }

    /// What keeps the old writer from taking writes, or may.
    var touchedFences: [String] {
        state.touchedFences.map { fence, isMade in
            "\(fence.identifier) in \(fence.region) \(isMade ? "is" : "may be") FENCED: undo that by hand"
        }
    }

    private func refusal(of request: OperatorRequest, on trigger: Rule.Trigger, in situation: Situation)
        -> String
    {
        let phases = Set(Rules.table.filter { $0.on == trigger }.flatMap(\.from))
        guard phases.contains(state.phase) else {
            return "\(workload.id) is \(state.phase.rawValue): \(advice(on: request.verb))"
        }
        if trigger == .resumed { return situation.spelled().resumeRefusals.joined(separator: "\n") }
        let passed = (request.verb == .approve ? .mode : situation.overridden).ids
        let closed = situation.gates().filter { !$0.open && !passed.contains($0.id) }
        return closed.map { "\($0.id.rawValue): \($0.because)\($0.id.hint(workload.id))" }.joined(
            separator: "\n")
    }

    /// What to do instead of a verb that does not fit the phase.
    private func advice(on verb: OperatorRequest.Verb) -> String {
        switch (state.phase, verb) {
        case (.failingOver, _):
            let step = state.currentStep.map { ", at \($0.id)" } ?? ""
            return "failover \(state.epoch) is running\(step): watch it with drctl status \(workload.id)"
        case (.needsOperator, _):
            return "the plan stopped halfway: drctl resume or drctl abandon \(workload.id)"
        case (.failedOver, _):
            return
                "it has failed over already (epoch \(state.epoch)): rebuild replication, then swap primary "
                + "and standby in config.yaml"
        case (_, .approve):
            return
                "no approval is asked for: drctl explain \(workload.id) says why; to act all the same, "
                + "drctl failover \(workload.id)"
        case (.watching, _), (.suspected, _), (.blocked, _), (.awaitingApproval, _):
            return "no plan has stopped: drctl status \(workload.id) shows where it stands"
        }
    }

    private mutating func refuse(_ request: OperatorRequest, _ because: String, _ turn: inout Turn) {
        write(.requestRefused(request: request, because: because), &turn)
        turn.decision.reply = .refused(message: because)
    }

    private func accept(_ message: String, _ turn: inout Turn) {
        turn.decision.reply = .accepted(message: message)
    }
}

extension GateID {
    /// What whoever was refused because of it may add to the request.
    func hint(_ workload: WorkloadID) -> String {
        switch override {
        case .allowDataLoss: " (to accept this loss: --allow-data-loss)"
        case .named where self == .sourceAlive:
            " (to fail over all the same, behind a fence that holds: --override \(self))"
        case .named: " (to fail over all the same: --override \(self))"
        case .never where self == .hold: " (to end it: drctl release \(workload))"
        case .byVerb, .never: ""
        }
    }
}
