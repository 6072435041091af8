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
        return term != nil && keeper?.epoch(at: now) == term
    }

    /// What the machine is told. A lease whose predecessors' records are not folded in is no right to act
    /// yet.
    func view(at now: Timestamp) -> LeaseView {
        var view = keeper?.view(at: now) ?? LeaseView(holder: "", epoch: 0, validUntil: nil)
        if !leads(at: now) { view.validUntil = nil }
        return view
    }

    // MARK: - Keeping it

    /// Takes the lease and renews it, in a task of its own: no look and no append can hold it up.
    func keepLease() async {
        guard let shared, !isKeeping else { return }
        isKeeping = true
        defer { isKeeping = false }
        while !crew.isDisbanded, fatalFault == nil, !Task.isCancelled {
            let now = clock.now()
            noteLapse(at: now)
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

    private func readLease(_ shared: SharedJournal) async {
        let answer = await inTime(shared.terms.patience) { () throws(JournalError) in
            try await shared.lease.read()
        }
        guard !crew.isDisbanded else { return }
        switch answer {
        case .success(let record)?: keeper?.saw(record, at: clock.now())
        case .failure(let error)?: noAnswer("\(error)")
        case nil: noAnswer("no answer within \(shared.terms.patience.text)")
        }
    }

    private func replaceLease(
        _ shared: SharedJournal, _ expected: LeaseRecord?, _ next: LeaseRecord
    ) async {
        keeper?.sent(next, at: clock.now())
        let answer = await inTime(shared.terms.patience) { () throws(JournalError) in
            try await shared.lease.replace(expected, with: next)
        }
        guard !crew.isDisbanded else { return }
        switch answer {
        case .success(let isReplaced)?: keeper?.heard(isReplaced, at: clock.now())
        case .failure(let error)?: noAnswer("\(error)")
        case nil: noAnswer("no answer within \(shared.terms.patience.text)")
        }
    }

    private func noAnswer(_ detail: String) {
        keeper?.heardNothing(at: clock.now())
        log.problem("the lease could not be kept: \(detail)")
    }

    /// Nil when there is no answer in time.
    private func inTime<Value: Sendable>(
        _ patience: Duration, _ body: @escaping @Sendable () async throws(JournalError) -> Value
    ) async -> Result<Value, JournalError>? {
        let clock = clock
        return await withTaskGroup(of: Result<Value, JournalError>?.self) { group in
            group.addTask {
                do throws(JournalError) { return .success(try await body()) } catch { return .failure(error) }
            }
            group.addTask {
                try? await clock.sleep(for: patience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
    }

    /// Gives it back, so that the next host need not wait for it to run out.
    func releaseLease() async {
        guard let shared, let keeper,
            case .replace(let expected, let next)? = keeper.release(at: clock.now())
        else { return }
        term = nil
        await replaceLease(shared, expected, next)
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
        guard shared != nil, !stopping, !isTakingOver, let epoch = keeper?.epoch(at: clock.now()),
            epoch != term
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
        let outcome = await catchUp()
        guard outcome.fault == nil, !scribe.isDisbanded, keeper?.epoch(at: clock.now()) == epoch else {
            return outcome
        }
        term = epoch
        log.remark("lease taken: this host leads under epoch \(epoch)")
        let started = await decide(begun, from: epoch)
        // Not begun, not leading: the next tick tries again.
        if started.fault != nil { term = nil }
        return started
    }

    /// Reads what has been written since, so that a host that only watches knows where everything stands.
    func catchUp() async -> Inbox.Outcome {
        var current = machine
        var last = lastSequence
        do {
            while true {
                let page = try await journal.entries(after: last, workload: nil, limit: JournalBounds.page)
                guard let end = page.last else { break }
                for entry in page { current.replay(entry.record) }
                last = end.sequence
            }
        } catch {
            journalFault = "\(error)"
            return Inbox.Outcome(fault: error)
        }
        machine = current
        lastSequence = last
        journalFault = nil
        return Inbox.Outcome()
    }
}
