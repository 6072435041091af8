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

    /// Looks at everything again; the machine judges what was seen.
    private func recheck(_ order: StepOrder) async -> StepOutcome {
        if planted(.skipsTheRecheck) { return .succeeded(detail: "looked at everything again") }
        let concerned = workloads.filter { $0.id == order.workload }
        let clock = clock
        // What hangs is part of what is seen: the look ends with its time, and is judged by what has come in.
        let isWhole = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await self.look(at: concerned, closer: [order.workload])
                return true
            }
            group.addTask {
                try? await clock.sleep(for: order.deadline - clock.now())
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
        return .succeeded(
            detail: isWhole ? "looked at everything again" : "looked again; not everything answered")
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
