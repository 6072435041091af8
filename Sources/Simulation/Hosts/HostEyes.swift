import Controller
import Failover

/// A host's look at the estate, through the fabric: what the observers would make of AWS's answers, without
/// their XML.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class HostEyes: Eyes, @unchecked Sendable {
    private let world: World
    private let life: Life
    private let clock: HostClock
    /// How long one attempt waits for its answer. Two of them fit into a round.
    private let patience: Duration
    /// Reorders and repeats what was seen.
    private let jumble: Jumble

    init(world: World, life: Life, clock: HostClock, patience: Duration, jumble: Jumble) {
        self.world = world
        self.life = life
        self.clock = clock
        self.patience = patience
        self.jumble = jumble
    }

    func look(
        at workloads: [Workload], closer: Set<WorkloadID>,
        deliver: @escaping @Sendable ([Observation]) async -> Void
    ) async {
        let look = Look()
        for errand in Errand.all(about: workloads) {
            look.outstanding += 1
            send(errand, attempt: 1, look)
        }
        let late = jumble.late()
        while look.outstanding > 0 || !look.arrived.isEmpty {
            if look.arrived.isEmpty {
                do {
                    try await life.wait { (answer: Life.Answer<Void>) in look.wake = { answer(()) } }
                } catch {
                    return
                }
            }
            let at = clock.now()
            var batch = look.take()
            for index in batch.indices where batch[index].at == .distantFuture { batch[index].at = at }
            batch = jumble.shaken(batch)
            guard !batch.isEmpty, life.isAlive else { continue }
            world.trace.note(.observed(life.host, batch))
            await deliver(batch)
        }
        // What was kept back comes behind the newer answers.
        guard !late.isEmpty, life.isAlive else { return }
        world.trace.note(.observed(life.host, late))
        await deliver(late)
    }

    private func send(_ errand: Errand, attempt: Int, _ look: Look) {
        let now = world.time.now
        let message = Message(
            from: life.host, to: errand.region, service: errand.service, operation: errand.operation,
            mutates: false)
        let passage = world.fabric.passage(of: message, at: now)
        guard let there = passage.there else {
            return giveUp(errand, attempt, look, at: now + (passage.isRefused ? .zero : patience), "cut")
        }
        world.time.after(there) { [self] in
            let answer = world.answer(to: errand, treatment: passage.treatment)
            guard let back = passage.back, let answer else {
                return giveUp(errand, attempt, look, at: now + patience, "no answer")
            }
            guard there + back <= patience else {
                return giveUp(errand, attempt, look, at: now + patience, "too late")
            }
            world.time.after(back) { look.receive(answer) }
        }
    }

    /// One attempt had no answer. The second one is the last.
    private func giveUp(
        _ errand: Errand, _ attempt: Int, _ look: Look, at moment: Timestamp, _ detail: String
    ) {
        world.time.at(moment) { [self] in
            if attempt == 1, errand.service != "probe" {
                send(errand, attempt: 2, look)
            } else {
                look.receive(errand.silence(detail))
            }
        }
    }
}

/// One round of looking.
private final class Look {
    var outstanding = 0
    var arrived: [Observation] = []
    var wake: (() -> Void)?

    func receive(_ observations: [Observation]) {
        outstanding -= 1
        arrived += observations
        let wake = wake
        self.wake = nil
        wake?()
    }

    func take() -> [Observation] {
        defer { arrived = [] }
        return arrived
    }
}
