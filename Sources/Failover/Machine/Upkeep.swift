/// Pacing of what is repeated: volatile, so that after a restart each is simply tried again.
struct Upkeep: Sendable, Equatable {
    /// When this process took over.
    var resumedAt: Timestamp?
    /// Times on record that lay in the future then: the clock that told them was ahead.
    var future: Set<Timestamp> = []
    /// When the current step is tried again.
    var retryAt: Timestamp?
    /// When the step that was ordered must have come back.
    var overdueAt: Timestamp?
    /// After a restart: by when both sides must have been seen for the step at hand to go on.
    var lookBy: Timestamp?
    /// Digest of the last judgement on record, and when it was recorded.
    var assessed: Digest?
    var assessedAt: Timestamp?
    /// The least time between two judgements on record.
    var assessmentPause = Duration.seconds(5)
    /// The gates that people were last told are closed, while nothing else was said since.
    var toldBlocked: GateSet?
    var toldBlockedAt: Timestamp?
    /// When people were last asked for their yes, while nothing else was said since.
    var askedAt: Timestamp?
    /// When each owed fence was last tried.
    var fencesTriedAt: [FenceAction: Timestamp] = [:]
    /// Tries of each owed fence that did not make it.
    var fenceFailures: [FenceAction: Int] = [:]
    var leverAssertedAt: Timestamp?
    var nudgedAt: Timestamp?
    /// Failed rounds of delivery by notice, and when each is tried again.
    var deliveries: [String: Retry] = [:]

    struct Retry: Sendable, Equatable {
        var failures = 0
        var at: Timestamp?
        var inFlight = true
    }

    /// Flapping evidence must not fill the journal: 5 s between the first two judgements, doubling to a
    /// minute while they go on changing (about 4 MB a day).
    func mayNoteAssessment(at now: Timestamp) -> Bool {
        assessedAt.map { now - $0 >= assessmentPause } ?? true
    }

    mutating func noteAssessment(_ digest: Digest, at now: Timestamp) {
        let isFlapping = assessedAt.map { now - $0 < .seconds(120) } ?? false
        assessmentPause = isFlapping ? min(assessmentPause * 2, .seconds(60)) : .seconds(5)
        assessed = digest
        assessedAt = now
    }
}

extension WorkloadMachine {
    /// A flood of alarms must not fill the journal: one line a minute says enough.
    mutating func nudge(_ source: String, _ turn: inout Turn) {
        if let at = upkeep.nudgedAt, turn.now - at < .seconds(60) { return }
        upkeep.nudgedAt = turn.now
        write(.nudged(source: source.plain(limit: 200)), &turn)
    }

    /// What goes on beside the rules, whatever the phase: retries that are due, owed fences, levers, notices.
    mutating func lookAfter(_ situation: Situation, _ turn: inout Turn) {
        goOnAfterLook(situation, &turn)
        endOverdueStep(&turn)
        if state.phase == .failingOver, state.progress?.inFlight == false, upkeep.lookBy == nil,
            upkeep.retryAt.map({ turn.now >= $0 }) ?? true
        {
            beginStep(&turn)
        }
        settleOwedFences(situation, &turn)
        keepLevers(&turn)
        endExposure(situation, &turn)
        tellOtherReasons(situation, &turn)
        remind(situation, &turn)
        retryNotices(&turn)
    }

    /// CloudWatch alarms look at recent data only.
    private mutating func keepLevers(_ turn: inout Turn) {
        guard !state.flippedLevers.isEmpty, !planted(.letsLeversGo),
            upkeep.leverAssertedAt.map({ turn.now - $0 >= .seconds(60) }) ?? true
        else { return }
        upkeep.leverAssertedAt = turn.now
        for flip in state.flippedLevers {
            turn.decision.directives.append(.assertLever(workload.id, flip))
        }
    }

    private mutating func endExposure(_ situation: Situation, _ turn: inout Turn) {
        guard state.phase == .failedOver, state.exposedSince != nil,
            situation.inquiries.allSatisfy(\.rolesAreSwapped)
        else { return }
        let because =
            "the old primary replicates from the new writer; swap primary and standby in config.yaml"
        write(.exposureEnded(because: because), &turn)
        issue(.protected, because: because, situation.assessment, &turn)
    }

    private mutating func retryNotices(_ turn: inout Turn) {
        for notice in state.unsettledNotices {
            guard let retry = upkeep.deliveries[notice.id], !retry.inFlight, let at = retry.at, turn.now >= at
            else {
                continue
            }
            deliver(notice, &turn)
        }
    }

    mutating func deliver(_ notice: Notice, _ turn: inout Turn) {
        upkeep.deliveries[notice.id, default: Upkeep.Retry()].inFlight = true
        turn.decision.directives.append(.deliver(notice))
    }

    /// One topic that took it is enough; none, and it is tried again for about an hour before it is given up
    /// as told by the journal alone.
    mutating func noticeFinished(_ id: String, _ deliveries: [Delivery], _ turn: inout Turn) {
        guard state.unsettledNotices.contains(where: { $0.id == id }) else { return }
        var retry = upkeep.deliveries[id] ?? Upkeep.Retry()
        let told = deliveries.isEmpty || deliveries.contains { $0.messageID != nil }
        retry.failures += told ? 0 : 1
        if told || retry.failures >= 20 || planted(.dropsNotices) {
            upkeep.deliveries[id] = nil
            write(.noticeSettled(id: id, deliveries: deliveries), &turn)
        } else {
            retry.inFlight = false
            retry.at = turn.now + .seconds(min(300, 5 << min(retry.failures, 6)))
            upkeep.deliveries[id] = retry
        }
    }
}
