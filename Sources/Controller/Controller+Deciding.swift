import Failover
import Journal

extension Controller {
    /// Hands an input in and waits until it has been dealt with.
    @discardableResult
    func submit(_ input: Input) async -> Inbox.Outcome { await submit(.input(input)) }

    /// Writes something about the controller itself down, after everything that was handed in before.
    func note(_ event: Event) async -> Inbox.Outcome { await submit(.note(event)) }

    private func submit(_ matter: Inbox.Matter) async -> Inbox.Outcome {
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
            let outcome = await settle(matter)
            for waiting in done { waiting.resume(returning: outcome) }
        }
        turnAway()
    }

    /// Nobody is left waiting for a controller that is gone.
    private func turnAway() {
        while let (_, done) = inbox.next() {
            for waiting in done { waiting.resume(returning: Inbox.Outcome()) }
        }
        isDeciding = false
    }

    private func settle(_ matter: Inbox.Matter) async -> Inbox.Outcome {
        switch matter {
        case .input(let input): return await decide(input)
        case .note(let event):
            let record = Record(at: clock.now(), workload: nil, epoch: 0, rule: nil, event: event)
            do {
                _ = try await journal.append([record])
                return Inbox.Outcome()
            } catch {
                return Inbox.Outcome(fault: error)
            }
        }
    }

    /// Decides, makes the records durable, and only then takes the decision over and performs it. When the
    /// journal takes no records nothing has happened, and the next tick decides again.
    private func decide(_ input: Input) async -> Inbox.Outcome {
        guard fatalFault == nil else { return Inbox.Outcome() }
        var decided = machine
        let now = clock.now()
        let decision = decided.handle(input, now: now)
        if planted(.actsBeforeItIsDurable) { decision.directives.forEach(perform) }
        if !decision.records.isEmpty {
            do {
                _ = try await journal.append(decision.records)
            } catch {
                guard !scribe.isDisbanded else { return Inbox.Outcome(fault: error) }
                return refused(input, decision, error)
            }
            guard !scribe.isDisbanded else { return Inbox.Outcome() }
            journalFault = nil
            for record in decision.records { log.record(record) }
        }
        machine = decided
        remember(input, decision, at: now)
        if !stopping, !planted(.actsBeforeItIsDurable) { decision.directives.forEach(perform) }
        return Inbox.Outcome(reply: decision.reply)
    }

    private func refused(_ input: Input, _ decision: Decision, _ error: JournalError) -> Inbox.Outcome {
        journalFault = "\(error)"
        if input.isResult { unrecorded.append(input) }
        if error.retryIsSafe {
            // What only repeats an effect that is on record already goes on: traffic depends on it.
            decision.directives.filter(\.repeatsAnEffect).forEach(perform)
        } else {
            fatalFault = "\(error)"
        }
        log.problem("nothing can be decided while the journal cannot be written: \(error)")
        return Inbox.Outcome(fault: error)
    }
}
