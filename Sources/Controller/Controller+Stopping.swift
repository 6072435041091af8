import Failover
import Journal

extension Controller {
    /// What the last record may take: a journal that hangs must not keep the lease from being given back.
    private static let lastWords = Duration.seconds(3)
    /// What is cut off ends within this, or not at all.
    private static let grace = Duration.seconds(2)
    private static let moment = Duration.milliseconds(50)

    /// Takes no more directives on and gives running steps `patience` to come to their end. What is cut off
    /// then is resumed by the next process, which looks before it repeats anything. At most five seconds and
    /// two thirds of the ttl more go into the last record and giving back the lease.
    public func stop(reason: String, patience: Duration) async {
        guard !stopping else { return }
        stopping = true
        await withTaskGroup(of: Void.self) { group in
            // What still runs, and the last record, need the lease.
            group.addTask { await self.keepLease() }
            await finish(crew.tasks, within: patience)
            await say(.controllerStopped(reason: reason))
            group.cancelAll()
        }
        await releaseLease()
    }

    /// Waits for nobody who does not heed his end.
    private func finish(_ tasks: [Task<Void, Never>], within patience: Duration) async {
        let clock = clock
        for limit in [patience, Self.grace] {
            _ = await firstAnswer(within: limit, sleep: { try await clock.sleep(for: $0) }) {
                for task in tasks { await task.value }
            }
            for task in tasks { task.cancel() }
        }
    }

    private func say(_ event: Event) async {
        guard leads(at: clock.now()) else { return }
        let clock = clock
        let outcome = await firstAnswer(
            within: Self.lastWords, sleep: { try await clock.sleep(for: $0) },
            { await self.submit(.note(event)) })
        if let fault = outcome?.fault { log.problem("\(fault)") }
    }

    /// Gives it back, so that the next host need not wait for it to run out.
    private func releaseLease() async {
        hasHandedBack = true
        guard let shared, keeper?.isValid(at: clock.now()) == true else { return }
        // A step that does not end may have a call on its way.
        guard crew.tasks.isEmpty else {
            log.problem("a step does not end, so the lease is not given back: it runs out by itself")
            return
        }
        await handBack(shared)
    }

    /// Tries for as long as two questions may take. What stays unknown runs out by itself.
    func handBack(_ shared: SharedJournal) async {
        term = nil
        isHandingBack = true
        defer { isHandingBack = false }
        let end = clock.now() + shared.terms.patience * 2
        while !crew.isDisbanded, clock.now() < end, let keeper {
            if isAskingForLease {
                do { try await clock.sleep(for: Self.moment) } catch { return }
                continue
            }
            switch keeper.release(at: clock.now()) {
            case .replace(let expected, let next)?: await replaceLease(shared, expected, next)
            case .read?: await readLease(shared)
            case .wait?, nil: return
            }
            // Its store gives no answer: not at the pace at which it refuses.
            if leaseSilentSince != nil {
                do { try await clock.sleep(for: shared.terms.retryAfter) } catch { return }
            }
        }
    }
}
