extension WorkloadState {
    /// Folds one record in. Total: a record of another workload or of no effect changes nothing.
    public mutating func apply(_ record: Record) {
        switch record.event {
        case .phaseChanged(let from, let to, _, let assessment):
            enter(to, from: from, at: record.at, assessment: assessment)
        case .assessed(let assessment): lastAssessment = assessment
        case .planAdopted(let plan):
            self.plan = plan
            epoch = plan.epoch
            progress = Progress()
            lastEnding = nil
        case .stepStarted(_, let attempt): start(attempt: attempt, at: record.at)
        case .stepFinished(let step, _, let outcome): finish(step, outcome: outcome, at: record.at)
        case .stepUnconfirmed(_, let because): passOver(because, at: record.at)
        case .planEnded(let ending): end(ending, at: record.at)
        case .planRewound: rewind()
        case .fenceOwed(let fence, let because):
            if !owedFences.contains(fence), !planted(.forgetsOwedFences) { owedFences.append(fence) }
            passOver(because, at: record.at)
        case .fenceSettled(let fence, _): owedFences.removeAll { $0 == fence }
        case .holdPlaced(let hold): self.hold = hold
        case .holdReleased: hold = nil
        case .noticeIssued(let notice):
            unsettledNotices.append(notice)
            noticeCount += 1
            lastNoticeAt = record.at
        case .noticeSettled(let id, _): unsettledNotices.removeAll { $0.id == id }
        case .exposureEnded: exposedSince = nil
        case .lossFrozen(let ledger):
            ledgers.removeAll { $0.failover == ledger.failover }
            ledgers.append(ledger)
        case .ledgerClosed(let failover, _, _): ledgers.removeAll { $0.failover == failover }
        case .requestReceived(let request):
            if request.verb == .resume { progress?.passedOver = request.overrides }
        case .nudged, .requestRefused, .controllerStarted, .controllerStopped: break
        }
    }

    private mutating func enter(_ to: Phase, from: Phase, at now: Timestamp, assessment: Assessment) {
        phase = to
        phaseSince = now
        lastAssessment = assessment
        switch to {
        case .watching: suspectedSince = nil
        case .suspected where from == .watching: suspectedSince = assessment.suspectedSince ?? now
        default: break
        }
        if to == .watching, from == .failedOver {
            // The roles are as configured again: the failover is history.
            activeRegion = nil
            flippedLevers = []
            plan = nil
            progress = nil
        }
        if to == .failingOver, from == .needsOperator {
            // A person has asked for another go: a new series of tries, with the doubt of the old one.
            progress?.failures = 0
            progress?.startedAt = nil
        }
    }

    private mutating func start(attempt: Int, at now: Timestamp) {
        if progress?.inFlight == true { progress?.mayHaveHappened = true }
        progress?.attempt = attempt
        progress?.inFlight = true
        if progress?.startedAt == nil { progress?.startedAt = now }
    }

    private mutating func finish(_ step: StepID, outcome: StepOutcome, at now: Timestamp) {
        progress?.inFlight = false
        switch outcome {
        case .succeeded(let detail):
            if case .flipHealthCheck(let flip)? = plan?.step(step)?.action { flippedLevers.append(flip) }
            advance(step, detail, at: now)
        case .failed(let detail, _, let mayHaveHappened):
            progress?.failures += 1
            progress?.lastFailure = detail
            progress?.failedAt = now
            if mayHaveHappened { progress?.mayHaveHappened = true }
        }
    }

    /// Leaves the current step behind without its success.
    mutating func passOver(_ because: String, at now: Timestamp) {
        guard let step = currentStep, phase == .failingOver else { return }
        progress?.unconfirmed.append(step.id)
        if progress?.mayHaveHappened == true { progress?.doubtful.append(step.id) }
        advance(step.id, because, at: now)
    }

    private mutating func advance(_ step: StepID, _ detail: String, at now: Timestamp) {
        guard var next = progress else { return }
        next.finished.append(
            Progress.Finished(step: step, at: now, detail: detail, attempt: next.attempt))
        let done = next.finished.map(\.step)
        let index = plan?.steps.firstIndex { !done.contains($0.id) } ?? next.index + 1
        next.goTo(index, of: plan)
        progress = next
    }

    /// Back to the recheck. Steps that are done stay done; what was under way is taken up again with its
    /// doubt.
    private mutating func rewind() {
        guard let plan, var next = progress, let step = currentStep,
            let recheck = plan.steps.firstIndex(where: { $0.action == .recheck })
        else { return }
        next.interrupted.removeAll { $0.step == step.id }
        next.interrupted.append(
            Progress.Interrupted(
                step: step.id, attempt: next.attempt,
                mayHaveHappened: next.inFlight || next.mayHaveHappened))
        if let done = next.finished.firstIndex(where: { $0.step == plan.steps[recheck].id }) {
            let finished = next.finished.remove(at: done)
            next.interrupted.append(
                Progress.Interrupted(
                    step: finished.step, attempt: finished.attempt, mayHaveHappened: false))
        }
        next.goTo(recheck, of: plan)
        progress = next
    }

    private mutating func end(_ ending: PlanEnding, at now: Timestamp) {
        lastEnding = ending
        let region = plan?.targetRegion
        switch ending.outcome {
        case .completed:
            lastCompletedAt = now
            activeRegion = region
            exposedSince = now
        case .abandonedHalfway:
            // Somebody stopped after the point of no return: the writer is (or may be) on the standby side.
            activeRegion = region
            exposedSince = exposedSince ?? now
        case .abandoned:
            if planted(.coolsDownAfterNothing) { lastCompletedAt = now }
            // Nothing was promoted, so nothing was lost.
            ledgers.removeAll { $0.failover == plan?.epoch }
            plan = nil
            progress = nil
        }
    }
}

extension WorkloadState.Progress {
    /// A step's series of tries begins, or goes on where it was interrupted.
    fileprivate mutating func goTo(_ index: Int, of plan: Plan?) {
        self.index = index
        attempt = 0
        startedAt = nil
        inFlight = false
        mayHaveHappened = false
        lastFailure = nil
        failedAt = nil
        failures = 0
        guard let plan, plan.steps.indices.contains(index),
            let before = interrupted.firstIndex(where: { $0.step == plan.steps[index].id })
        else { return }
        let taken = interrupted.remove(at: before)
        (attempt, mayHaveHappened) = (taken.attempt, taken.mayHaveHappened)
    }
}
