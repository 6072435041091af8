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

    /// Looks at everything again; the machine judges what was seen. A process that stood still meanwhile has
    /// seen nothing, or took its own standing still for silence: it looks once more, and has a whole time for
    /// that.
    private func recheck(_ order: StepOrder) async -> StepOutcome {
        if planted(.skipsTheRecheck) { return .succeeded(detail: "looked at everything again") }
        let concerned = workloads.filter { $0.id == order.workload }
        let databases = concerned.flatMap(\.databases).map(\.id)
        var because = ""
        for time in [order.deadline - clock.now(), order.step.timeout] {
            let began = clock.now()
            let look = await look(at: concerned, hearing: databases, since: began, until: began + time)
            if look.stoodStill {
                because = "this process stood still while it looked"
                // What was under way has its end first, so that it is not taken for the next look.
                try? await clock.sleep(for: .seconds(1))
            } else if let unheard = firstUnheard(of: databases, since: began) {
                because = "nothing was heard of \(unheard) in the time for it"
            } else {
                return .succeeded(
                    detail: look.isWhole
                        ? "looked at everything again" : "looked again; not everything answered")
            }
        }
        return .failed(detail: because, retryable: true, mayHaveHappened: false)
    }

    /// What hangs is part of what is seen, and the look ends with its time. What is under way already is not
    /// asked again: another look may be told the answers, and is waited for.
    private func look(
        at workloads: [Workload], hearing databases: [DatabaseID], since began: Timestamp,
        until deadline: Timestamp
    ) async -> (isWhole: Bool, stoodStill: Bool) {
        let (clock, pulse) = (clock, Pulse(began))
        let isWhole = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await self.look(at: workloads, closer: Set(workloads.map(\.id)))
                while await self.firstUnheard(of: databases, since: began) != nil {
                    do { try await clock.sleep(for: .milliseconds(100)) } catch { return false }
                }
                return true
            }
            group.addTask {
                while clock.now() < deadline {
                    let rest = min(Pulse.pace, deadline - clock.now())
                    do { try await clock.sleep(for: rest) } catch { return false }
                    await pulse.beat(at: clock.now())
                }
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
        await pulse.beat(at: clock.now())
        return (isWhole, await pulse.missedABeat)
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

/// Notices that its process stood still.
private actor Pulse {
    static let pace = Duration.milliseconds(500)
    /// Longer than a busy host keeps a task waiting, shorter than what is taken for a server's silence.
    private static let patience = Duration.seconds(3)

    private var last: Timestamp
    private(set) var missedABeat = false

    init(_ now: Timestamp) { last = now }

    func beat(at now: Timestamp) {
        if now - last > Self.pace + Self.patience { missedABeat = true }
        last = now
    }
}
