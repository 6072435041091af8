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
        }
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
        accept("\(workload.id) is on hold: no failover will start until drctl release \(workload.id).\(running)", &turn)
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

    private mutating func transition(_ request: OperatorRequest, on trigger: Rule.Trigger, _ turn: inout Turn) {
        let situation = situation(turn, request: request)
        guard let rule = Rules.first(from: state.phase, on: trigger, in: situation) else {
            refuse(request, refusal(of: request, on: trigger, in: situation), &turn)
            return
        }
        write(.requestReceived(request: request), &turn)
        fire(rule, in: situation, detail: "\(request.by): \(request.reason)", &turn)
        if state.phase == .failingOver, rule.id == "resumed" { beginStep(&turn) }
        if turn.decision.reply == nil {
            accept("\(workload.id): failover \(state.epoch) is running; watch it with drctl status \(workload.id)", &turn)
        }
    }

    private mutating func abandon(_ request: OperatorRequest, _ turn: inout Turn) {
        let situation = situation(turn, request: request)
        guard let rule = Rules.first(from: state.phase, on: .abandoned, in: situation) else {
            refuse(request, refusal(of: request, on: .abandoned, in: situation), &turn)
            return
        }
        write(.requestReceived(request: request), &turn)
        let halfway = rule.to == .failedOver
        let unconfirmed = state.progress?.unconfirmed ?? []
        let ending = PlanEnding(
            outcome: halfway ? .abandonedHalfway : .abandoned, because: "\(request.by): \(request.reason)",
            unconfirmed: unconfirmed)
        write(.planEnded(ending: ending), rule: rule.id, &turn)
        fire(rule, in: situation, detail: "\(request.by): \(request.reason)", &turn)
        accept("\(workload.id): the plan is given up; \(halfway ? "what it changed stays" : "nothing was promoted")", &turn)
    }

    private func refusal(of request: OperatorRequest, on trigger: Rule.Trigger, in situation: Situation) -> String {
        let phases = Set(Rules.table.filter { $0.on == trigger }.flatMap(\.from))
        guard phases.contains(state.phase) else {
            let advice =
                switch state.phase {
                case .failingOver: "failover \(state.epoch) is running: drctl status \(workload.id)"
                case .needsOperator: "the plan stopped halfway: drctl resume or drctl abandon \(workload.id)"
                case .failedOver: "it has failed over already (epoch \(state.epoch))"
                case .watching, .suspected, .blocked, .awaitingApproval: "nothing is waiting for that"
                }
            return "\(workload.id) is \(state.phase.rawValue): \(advice)"
        }
        let passed = request.verb == .approve ? [.mode] : situation.overridden
        let closed = situation.gates().filter { !$0.open && !passed.contains($0.id) }
        return closed.map { "\($0.id.rawValue): \($0.because)\(advice(on: $0.id))" }.joined(separator: "\n")
    }

    private func advice(on gate: GateID) -> String {
        switch gate.override {
        case .allowDataLoss: " (to accept this loss: --allow-data-loss)"
        case .named: " (to fail over all the same, behind a fence that holds: --override \(gate.rawValue))"
        case .byVerb, .never: ""
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
