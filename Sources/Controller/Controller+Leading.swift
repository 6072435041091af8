import Failover
import Journal

/// Holding the lease, where several hosts share a journal. Alone on its journal a controller always leads.
extension Controller {
    /// What is known of the lease; nil for a controller that is alone on its journal.
    public func leaseView() -> LeaseView? {
        guard shared != nil else { return nil }
        return view(at: clock.now())
    }

    /// Whether it leads right now: it holds the lease and has taken over what others had written.
    func leads(at now: Timestamp) -> Bool {
        guard shared != nil else { return true }
        return !isHandingBack && term != nil && keeper?.epoch(at: now) == term
    }

    /// What the machine is told. A lease whose predecessors' records are not folded in is no right to act
    /// yet.
    func view(at now: Timestamp) -> LeaseView {
        var view = keeper?.view(at: now) ?? LeaseView(holder: "", epoch: 0, validUntil: nil)
        if !leads(at: now) { view.validUntil = nil }
        return view
    }

    /// Whether another host has renewed the lease while this one looked.
    public var anotherHostLeads: Bool { keeper?.isHeldByTheLiving ?? false }

    // MARK: - Keeping it

    /// Takes the lease and renews it, in a task of its own: no look and no append can hold it up.
    func keepLease() async {
        guard let shared, !isKeeping else { return }
        isKeeping = true
        defer { isKeeping = false }
        while !crew.isDisbanded, fatalFault == nil, !Task.isCancelled, !hasHandedBack {
            let now = clock.now()
            noteLapse(at: now)
            if await leavesItToOthers(shared, at: now) { continue }
            // A controller that has been stuck for so long leaves it to another one.
            let isStuck = decidingSince.map { now - $0 > shared.terms.ttl * 3 } ?? false
            switch isStuck ? .wait(until: now + shared.terms.renewEvery) : keeper?.move(at: now) {
            case nil: return
            case .wait(let until):
                let end = min(until, keeper?.view(at: now).validUntil ?? until)
                do { try await clock.sleep(for: max(end - now, .milliseconds(1))) } catch { return }
            case .read: await readLease(shared)
            case .replace(let expected, let next): await replaceLease(shared, expected, next)
            }
            beginTerm()
        }
    }

    /// Who cannot use the journal must not keep others from leading. Returns whether that was looked after.
    private func leavesItToOthers(_ shared: SharedJournal, at now: Timestamp) async -> Bool {
        guard keeper?.isValid(at: now) == true else {
            if trouble.isUnreadable, !stopping {
                keeper?.wait(until: now + shared.terms.retryAfter)
                readAgain()
            }
            return false
        }
        let patience = shared.terms.ttl * 2
        guard let because = trouble.lasting(patience, at: now) else { return false }
        log.problem("the lease is given up, for another host to lead: the journal \(because)")
        trouble.hasWritten()
        unrecorded = []
        term = nil
        // What still runs may have a call on its way: then the lease is left to run out, as after a crash.
        if crew.tasks.isEmpty { await handBack(shared) } else { crew.dismiss() }
        keeper?.standBack(until: clock.now() + patience)
        return true
    }

    /// Without waiting for it.
    private func readAgain() {
        guard !isReadingAgain else { return }
        isReadingAgain = scribe.start {
            await self.submit(.catchUp)
            await self.hasReadAgain()
        }
    }

    private func hasReadAgain() { isReadingAgain = false }

    func readLease(_ shared: SharedJournal) async {
        isAskingForLease = true
        defer { isAskingForLease = false }
        let clock = clock
        let answer = await shared.lease.read(within: shared.terms.patience) {
            try await clock.sleep(for: $0)
        }
        guard !crew.isDisbanded else { return }
        switch answer {
        case .success(let record)?:
            hasAnswer()
            keeper?.saw(record, at: clock.now())
        case .failure(let error)?: noAnswer("\(error)", shared)
        case nil: noAnswer("no answer within \(shared.terms.patience.text)", shared)
        }
    }

    func replaceLease(
        _ shared: SharedJournal, _ expected: LeaseRecord?, _ next: LeaseRecord
    ) async {
        isAskingForLease = true
        defer { isAskingForLease = false }
        keeper?.sent(next, at: clock.now())
        let clock = clock
        let answer = await shared.lease.replace(expected, with: next, within: shared.terms.patience) {
            try await clock.sleep(for: $0)
        }
        guard !crew.isDisbanded else { return }
        switch answer {
        case .success(let isReplaced)?:
            hasAnswer()
            keeper?.heard(isReplaced, at: clock.now())
        case .failure(let error)?: noAnswer("\(error)", shared)
        case nil: noAnswer("no answer within \(shared.terms.patience.text)", shared)
        }
    }

    private func hasAnswer() {
        if leaseSilentSince != nil { log.remark("the lease's store answers again") }
        leaseSilentSince = nil
    }

    /// One renewal may fail, and no more is lost than a moment. Whose turn it was to be asked and who gave up
    /// by himself has heard nothing either, and tells nobody.
    private func noAnswer(_ detail: String, _ shared: SharedJournal) {
        guard !Task.isCancelled else { return }
        let now = clock.now()
        keeper?.heardNothing(at: now)
        let since = leaseSilentSince ?? now
        if leaseSilentSince == nil {
            log.remark("the lease's store gave no answer, and is asked again: \(detail)")
        } else if now - since >= shared.terms.renewEvery {
            log.problem("the lease cannot be kept: \(detail)")
            leaseSilentSince = now
            return
        }
        leaseSilentSince = since
    }

    // MARK: - Terms

    /// Whatever was under way under a lease that has run out is dropped: it may be somebody else's now.
    func noteLapse(at now: Timestamp) {
        guard let ended = term, shared != nil, !leads(at: now) else { return }
        term = nil
        unrecorded = []
        crew.dismiss()
        log.problem("lease lost: epoch \(ended) is over, and nothing of it goes on here")
    }

    /// Has the lease's beginning decided in turn, without waiting for it.
    func beginTerm() {
        guard shared != nil, !stopping, !isTakingOver, !isHandingBack,
            let epoch = keeper?.epoch(at: clock.now()), epoch != term
        else { return }
        isTakingOver = true
        let isBegun = scribe.start {
            await self.submit(.takeOver)
            await self.hasTakenOver()
        }
        if !isBegun { isTakingOver = false }
    }

    private func hasTakenOver() { isTakingOver = false }

    /// Folds in what others have written. No other host can write any more once the epoch is granted.
    func takeOver() async -> Inbox.Outcome {
        guard let epoch = keeper?.epoch(at: clock.now()), epoch != term else { return Inbox.Outcome() }
        var outcome = await catchUp()
        if outcome.fault == nil { outcome = await inherit(epoch) }
        guard outcome.fault == nil, !scribe.isDisbanded, !isHandingBack,
            keeper?.epoch(at: clock.now()) == epoch
        else { return outcome }
        term = epoch
        log.remark("lease taken: this host leads under epoch \(epoch)")
        let started = await decide(begun, from: epoch)
        // Not begun, not leading: the next tick tries again.
        if started.fault != nil { term = nil }
        return started
    }

    /// Once, and before anything is decided.
    private func inherit(_ epoch: Int) async -> Inbox.Outcome {
        guard !hasInherited, let shared, let inheritance = shared.inheritance else { return Inbox.Outcome() }
        let outcome: Inheritance.Outcome
        do {
            outcome = try await inheritance.pass(to: shared.journal, epoch: epoch)
        } catch {
            trouble.couldNotWrite(error, at: clock.now())
            journalFault = "this host's own journal could not be taken over: \(error)"
            if inheritanceFault != error { log.problem(journalFault ?? "") }
            inheritanceFault = error
            return Inbox.Outcome(fault: error)
        }
        hasInherited = true
        inheritance.close()
        switch outcome {
        case .nothingThere, .takenOverBefore: return Inbox.Outcome()
        case .leftBehind:
            log.problem(
                "this host's own journal is not part of the shared one: its holds, owed fences and failovers "
                    + "do not count here (docs/hosts.md)")
            return Inbox.Outcome()
        case .takenOver(let records):
            log.remark("\(records) records of this host's own journal are in the shared one now")
            return await catchUp()
        }
    }

    /// Reads what has been written since, so that a host that only watches knows where everything stands.
    func catchUp() async -> Inbox.Outcome {
        do {
            if hasReplayed { try await readOn() } else { try await replayAll() }
        } catch {
            cannotRead(error)
            return Inbox.Outcome(fault: error)
        }
        if trouble.hasRead() { log.remark("the journal can be read again") }
        journalFault = nil
        return Inbox.Outcome()
    }

    private func readOn() async throws(JournalError) {
        var current = machine
        var last = lastSequence
        while true {
            let page = try await journal.entries(after: last, workload: nil, limit: JournalBounds.page)
            guard let end = page.last else { break }
            for entry in page { current.replay(entry.record) }
            last = end.sequence
        }
        machine = current
        lastSequence = last
    }

    /// Everything from the beginning, once, its chain proven.
    func replayAll() async throws(JournalError) {
        var replayed = machine
        var last: Int64 = 0
        try await journal.replay { entry in
            replayed.replay(entry.record)
            last = entry.sequence
        }
        machine = replayed
        lastSequence = last
        hasReplayed = true
    }

    func cannotRead(_ error: JournalError) {
        journalFault = "\(error)"
        if trouble.couldNotRead(at: clock.now()) {
            log.problem("\(error); this host does not lead until it can be read")
        }
    }
}
