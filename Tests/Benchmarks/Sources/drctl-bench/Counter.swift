import Synchronization

/// Counts calls from any thread.
final class Counter: Sendable {
    private let count = Atomic(0)

    func add() {
        count.wrappingAdd(1, ordering: .relaxed)
    }

    /// The count so far, and begins anew.
    @discardableResult func take() -> Int {
        count.exchange(0, ordering: .relaxed)
    }
}
