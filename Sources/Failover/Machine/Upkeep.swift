/// Pacing of what is repeated: volatile, so that after a restart each is simply tried again.
struct Upkeep: Sendable, Equatable {
    /// When the current step is tried again.
    var retryAt: Timestamp?
    /// Digest of the last judgement on record, and when it was recorded.
    var assessed: String?
    var assessedAt: Timestamp?
    var fenceTriedAt: Timestamp?
    var fenceInFlight = false
    var leverAssertedAt: Timestamp?
    /// Failed rounds of delivery by notice, and when each is tried again.
    var deliveries: [String: Retry] = [:]

    struct Retry: Sendable, Equatable {
        var failures = 0
        var at: Timestamp?
        var inFlight = true
    }

    /// Flapping evidence must not fill the journal.
    func mayNoteAssessment(at now: Timestamp) -> Bool {
        assessedAt.map { now - $0 >= .seconds(5) } ?? true
    }
}

extension WorkloadMachine {
    /// What goes on beside the rules, whatever the phase: retries that are due, owed fences, levers, notices.
    mutating func lookAfter(_ situation: Situation, _ turn: inout Turn) {
        if state.phase == .failingOver, state.progress?.inFlight == false,
            upkeep.retryAt.map({ turn.now >= $0 }) ?? true
        {
            beginStep(&turn)
        }
        if state.phase != .failingOver { settleOwedFences(situation, &turn) }
        keepLevers(&turn)
        endExposure(situation, &turn)
        retryNotices(&turn)
    }

    /// A fence that is owed is made as soon as the old Region answers; when the old writer is gone, a replica, or
    /// the active writer again, it is called off.
    private mutating func settleOwedFences(_ situation: Situation, _ turn: inout Turn) {
        guard !upkeep.fenceInFlight, let fence = state.owedFences.first else { return }
        guard state.activeRegion != nil, state.activeRegion != fence.region else {
            let because = "\(fence.region) is where the workload runs: nothing there is to be fenced"
            write(.fenceSettled(fence: fence, settlement: .cancelled(because: because)), &turn)
            return
        }
        let answers = situation.inquiries.contains { inquiry in
            inquiry.database.id == fence.database && inquiry.state(.primary)?.value != nil
        }
        guard answers, upkeep.fenceTriedAt.map({ turn.now - $0 >= .seconds(15) }) ?? true else { return }
        upkeep.fenceInFlight = true
        upkeep.fenceTriedAt = turn.now
        turn.decision.directives.append(.settleFence(workload.id, fence))
    }

    mutating func fenceFinished(_ fence: FenceAction, _ attempt: FenceAttempt, _ turn: inout Turn) {
        upkeep.fenceInFlight = false
        guard case .settled(let settlement) = attempt, state.owedFences.contains(fence) else { return }
        write(.fenceSettled(fence: fence, settlement: settlement), &turn)
        let because =
            switch settlement {
            case .fenced(let detail): "\(fence.identifier) in \(fence.region): \(detail)"
            case .cancelled(let reason): "\(fence.identifier) in \(fence.region) needs no fence: \(reason)"
            }
        issue(.fenced, because: because, situation(turn).assessment, &turn)
    }

    /// CloudWatch alarms look at recent data only.
    private mutating func keepLevers(_ turn: inout Turn) {
        guard !state.flippedLevers.isEmpty,
            upkeep.leverAssertedAt.map({ turn.now - $0 >= .seconds(60) }) ?? true
        else { return }
        upkeep.leverAssertedAt = turn.now
        for flip in state.flippedLevers {
            turn.decision.directives.append(.assertLever(workload.id, flip))
        }
    }

    private mutating func endExposure(_ situation: Situation, _ turn: inout Turn) {
        guard state.phase == .failedOver, state.exposedSince != nil, situation.rolesAreSwapped else { return }
        let because = "the old primary replicates from the new writer; swap primary and standby in config.yaml"
        write(.exposureEnded(because: because), &turn)
        issue(.protected, because: because, situation.assessment, &turn)
    }

    private mutating func retryNotices(_ turn: inout Turn) {
        for notice in state.unsettledNotices {
            guard let retry = upkeep.deliveries[notice.id], !retry.inFlight, let at = retry.at, turn.now >= at else {
                continue
            }
            deliver(notice, &turn)
        }
    }

    mutating func deliver(_ notice: Notice, _ turn: inout Turn) {
        upkeep.deliveries[notice.id, default: Upkeep.Retry()].inFlight = true
        turn.decision.directives.append(.deliver(notice))
    }

    /// One topic that took it is enough; none, and it is tried again for about an hour before it is given up as told
    /// by the journal alone.
    mutating func noticeFinished(_ id: String, _ deliveries: [Delivery], _ turn: inout Turn) {
        guard state.unsettledNotices.contains(where: { $0.id == id }) else { return }
        var retry = upkeep.deliveries[id] ?? Upkeep.Retry()
        let told = deliveries.isEmpty || deliveries.contains { $0.messageID != nil }
        retry.failures += told ? 0 : 1
        if told || retry.failures >= 20 {
            upkeep.deliveries[id] = nil
            write(.noticeSettled(id: id, deliveries: deliveries), &turn)
        } else {
            retry.inFlight = false
            retry.at = turn.now + .seconds(min(300, 5 << min(retry.failures, 6)))
            upkeep.deliveries[id] = retry
        }
    }
}
