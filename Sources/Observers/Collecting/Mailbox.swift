import Failover

/// Delivers what many hand in, one delivery at a time: what comes while one is under way goes together with
/// the next one. It is bounded by those who hand in, since each of them waits until it has been taken in.
final class Mailbox: Sendable {
    typealias Delivery = @Sendable ([Observation]) async -> Void

    private struct State {
        var deliver: Delivery?
        var waiting: [(observations: [Observation], taken: Promise<Void>)] = []
        var isDelivering = false
    }

    private let state = Locked(State())

    func open(_ deliver: @escaping Delivery) {
        state.withLock { $0.deliver = deliver }
    }

    /// Returns when they have been taken in.
    func hand(in observations: [Observation]) async {
        let taken = Promise<Void>()
        let delivers = state.withLock { state in
            state.waiting.append((observations, taken))
            defer { state.isDelivering = true }
            return !state.isDelivering
        }
        guard delivers else { return await taken.value }
        while let (deliver, batch) = next() {
            await deliver(batch.flatMap(\.observations))
            for one in batch { one.taken.fulfil(()) }
        }
    }

    private func next() -> (Delivery, [(observations: [Observation], taken: Promise<Void>)])? {
        state.withLock { state in
            guard let deliver = state.deliver, !state.waiting.isEmpty else {
                state.isDelivering = false
                return nil
            }
            defer { state.waiting = [] }
            return (deliver, state.waiting)
        }
    }
}
