import Failover
import Journal

extension Controller {
    /// Hands an input in and waits until it has been dealt with.
    @discardableResult
    func submit(_ input: Input, from term: Int? = nil) async -> Inbox.Outcome {
        await submit(.input(input, from: term))
    }

    @discardableResult
    func submit(_ matter: Inbox.Matter) async -> Inbox.Outcome {
        await withCheckedContinuation { continuation in
            inbox.add(matter, done: continuation)
            guard !isDeciding else { return }
            isDeciding = true
            // In a task of its own: whoever handed it in may give up waiting, the journal may not.
            if !scribe.start({ await self.decideInTurn() }) { turnAway() }
        }
    }

    private func decideInTurn() async {
        while !scribe.isDisbanded, let (matter, done) = inbox.next() {
            decidingSince = clock.now()
            let outcome = await settle(matter)
            decidingSince = nil
            for waiting in done { waiting.resume(returning: outcome) }
        }
        turnAway()
    }

    /// Nobody is left waiting for a controller that is gone.
    private func turnAway() {
        while let (_, done) = inbox.next() {
            for waiting in done {
                waiting.resume(returning: Inbox.Outcome(reply: .refused(message: "drctl has ended")))
            }
        }
        isDeciding = false
    }

    private func settle(_ matter: Inbox.Matter) async -> Inbox.Outcome {
        switch matter {
        case .input(let input, let term): return await decide(input, from: term)
        case .takeOver: return await takeOver()
        case .catchUp: return term == nil ? await catchUp() : Inbox.Outcome()
        case .note(let event):
            let record = Record(at: clock.now(), workload: nil, epoch: 0, rule: nil, event: event)
            do {
                try await append([record])
                return Inbox.Outcome()
            } catch {
                return Inbox.Outcome(fault: error)
            }
        }
    }

    /// Decides, makes the records durable, and only then takes the decision over and performs it. When the
    /// journal takes no records nothing has happened but that something was seen, and the next tick decides
    /// again.
    func decide(_ input: Input, from ordered: Int?) async -> Inbox.Outcome {
        guard fatalFault == nil else { return Inbox.Outcome() }
        let now = clock.now()
        noteLapse(at: now)
        // What was ordered under another lease is not this one's: whoever leads now has looked for itself.
        if input.isResult, ordered != term { return Inbox.Outcome() }
        let term = term
        var decided = machine
        // It may be told late that the lease was renewed, but never that it was not.
        if shared != nil { _ = decided.handle(.lease(view(at: now)), now: now) }
        let decision = decided.handle(input, now: now)
        if planted(.actsBeforeItIsDurable) { decision.directives.forEach(perform) }
        if !decision.records.isEmpty {
            do {
                try await append(decision.records)
            } catch {
                guard !scribe.isDisbanded else { return Inbox.Outcome(fault: error) }
                machine.heed(input, now: now)
                return refused(input, from: ordered, decision, error)
            }
            guard !scribe.isDisbanded else { return Inbox.Outcome() }
            journalFault = nil
            for record in decision.records { log.record(record) }
        }
        machine = decided
        remember(input, decision, at: now)
        noteLapse(at: clock.now())
        if !stopping, self.term == term, !planted(.actsBeforeItIsDurable) {
            decision.directives.forEach(perform)
        }
        return Inbox.Outcome(reply: decision.reply)
    }

    private func append(_ records: [Record]) async throws(JournalError) {
        let entries: [Entry]
        if let shared {
            // Without a term nothing is decided; 0 is no epoch, and would be refused.
            let epoch = planted(.actsAsFollower) ? view(at: clock.now()).epoch : term ?? 0
            do {
                entries = try await shared.journal.append(records, epoch: epoch)
            } catch {
                trouble.couldNotWrite(error, at: clock.now())
                throw error
            }
            trouble.hasWritten()
        } else {
            entries = try await journal.append(records)
        }
        if let last = entries.last { lastSequence = last.sequence }
    }

    private func refused(
        _ input: Input, from ordered: Int?, _ decision: Decision, _ error: JournalError
    ) -> Inbox.Outcome {
        journalFault = "\(error)"
        log.problem("nothing can be decided while the journal cannot be written: \(error)")
        if shared != nil, error.endsTheTerm {
            // What the journal holds is found out under a new epoch, after which this append cannot come
            // late.
            keeper?.giveUp()
            noteLapse(at: clock.now())
            return Inbox.Outcome(fault: error)
        }
        // Unless its term has ended meanwhile: whoever leads next looks for itself.
        if input.isResult, ordered == term { unrecorded.append((input, ordered)) }
        if error.retryIsSafe {
            // What only repeats an effect that is on record already goes on: traffic depends on it.
            decision.directives.filter(\.repeatsAnEffect).forEach(perform)
        } else {
            fatalFault = "\(error)"
        }
        return Inbox.Outcome(fault: error)
    }
}

extension JournalError {
    /// Where several hosts share a journal: another one holds the lease, or nobody knows what was written.
    fileprivate var endsTheTerm: Bool {
        if case .fenced = cause { true } else { !retryIsSafe }
    }
}
