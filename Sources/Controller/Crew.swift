import Journal

/// The tasks that run on the controller's behalf. They can all be ended from outside at one stroke.
final class Crew: Sendable {
    private let state = Locked(State())

    private struct State {
        var isDisbanded = false
        /// Ascending by number: they are ended in the order in which they began.
        var tasks: [(number: Int, task: Task<Void, Never>)] = []
        var latest = 0
    }

    var isDisbanded: Bool { state.withLock { $0.isDisbanded } }

    var tasks: [Task<Void, Never>] { state.withLock { $0.tasks.map(\.task) } }

    /// Returns false, and does nothing, once disbanded.
    @discardableResult
    func start(_ body: @escaping @Sendable () async -> Void) -> Bool {
        state.withLock { state in
            guard !state.isDisbanded else { return false }
            state.latest += 1
            let number = state.latest
            // It cannot forget itself before it is noted: both are done under the lock.
            let task = Task {
                await body()
                self.forget(number)
            }
            state.tasks.append((number, task))
            return true
        }
    }

    /// Ends what runs now; more may be started.
    func dismiss() {
        for task in tasks { task.cancel() }
    }

    /// Ends everything, for good.
    func disband() {
        let tasks = state.withLock { state in
            state.isDisbanded = true
            return state.tasks
        }
        for (_, task) in tasks { task.cancel() }
    }

    private func forget(_ number: Int) {
        state.withLock { state in state.tasks.removeAll { $0.number == number } }
    }
}
