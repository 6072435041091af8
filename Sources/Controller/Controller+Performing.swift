import Failover

extension Controller {
    func perform(_ directive: Directive) {
        // A result counts under the lease under which it was ordered, and under no other.
        let term = term
        switch directive {
        case .perform(let order): crew.start { await self.perform(order, from: term) }
        case .settleFence(let workload, let fence):
            crew.start {
                let attempt = await self.hands.settle(fence)
                if case .stillOwed(let because) = attempt {
                    self.log.problem("\(workload): \(fence.identifier) is still not fenced: \(because)")
                }
                await self.submit(.fenceFinished(workload, fence, attempt), from: term)
            }
        case .deliver(let notice):
            crew.start {
                let deliveries = await self.voice.deliver(notice)
                await self.submit(
                    .noticeFinished(notice.workload, id: notice.id, deliveries: deliveries), from: term)
            }
        case .assertLever(_, let flip): crew.start { await self.hands.assertLever(flip) }
        }
    }

    private func perform(_ order: StepOrder, from term: Int?) async {
        let outcome: StepOutcome
        if case .recheck = order.step.action {
            outcome = await recheck(order)
        } else {
            outcome = await bounded(order)
        }
        guard !Task.isCancelled else { return }
        await submit(
            .stepFinished(
                order.workload, epoch: order.epoch, step: order.step.id, attempt: order.attempt,
                outcome: outcome), from: term)
    }

    /// Looks at everything again; the machine judges what was seen. A process that stood still finds its time
    /// over and nothing seen: it looks once more, and has a whole time for that.
    private func recheck(_ order: StepOrder) async -> StepOutcome {
        if planted(.skipsTheRecheck) { return .succeeded(detail: "looked at everything again") }
        let concerned = workloads.filter { $0.id == order.workload }
        let (began, databases) = (clock.now(), concerned.flatMap(\.databases).map(\.id))
        for time in [order.deadline - began, order.step.timeout] {
            let deadline = clock.now() + time
            let isWhole = await look(at: concerned, hearing: databases, since: began, until: deadline)
            guard firstUnheard(of: databases, since: began) == nil else { continue }
            return .succeeded(
                detail: isWhole ? "looked at everything again" : "looked again; not everything answered")
        }
        let unheard = firstUnheard(of: databases, since: began).map { "\($0)" } ?? "everything"
        return .failed(
            detail: "nothing was heard of \(unheard) in the time for it", retryable: true,
            mayHaveHappened: false)
    }

    /// Whether everything answered: what hangs is part of what is seen, and the look ends with its time. What
    /// is under way already is not asked again: another look may be told the answers, and is waited for.
    private func look(
        at workloads: [Workload], hearing databases: [DatabaseID], since began: Timestamp,
        until deadline: Timestamp
    ) async -> Bool {
        let clock = clock
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await self.look(at: workloads, closer: Set(workloads.map(\.id)))
                while await self.firstUnheard(of: databases, since: began) != nil {
                    do { try await clock.sleep(for: .milliseconds(100)) } catch { return false }
                }
                return true
            }
            group.addTask {
                try? await clock.sleep(for: deadline - clock.now())
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
    }

    private func firstUnheard(of databases: [DatabaseID], since began: Timestamp) -> DatabaseID? {
        databases.first { heardAt[$0].map { $0 < began } ?? true }
    }

    /// A runner keeps to its deadline by itself; this holds even if one does not.
    private func bounded(_ order: StepOrder) async -> StepOutcome {
        let (hands, clock, grace) = (hands, clock, pace.grace)
        return await withTaskGroup(of: StepOutcome?.self) { group in
            group.addTask { await hands.run(order) }
            group.addTask {
                try? await clock.sleep(for: order.deadline - clock.now() + grace)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
                ?? .failed(detail: "no end within its time", retryable: true, mayHaveHappened: true)
        }
    }
}
