import Failover

/// One answer that several errands of a round need: the first one asks, the others wait for it or take it. A
/// failure is shared by those who wait, and whoever comes later asks again.
final class SharedAnswer<Value: Sendable, Failure: Error>: Sendable {
    typealias Dated = (answer: Result<Value, Failure>, at: Timestamp)

    private let question = Locked<Task<Dated?, Never>?>(nil)

    /// Nil when it was given up by ourselves.
    func value(_ ask: @escaping @Sendable () async -> Dated?) async -> Dated? {
        let task = question.withLock { question in
            if let question { return question }
            // Of no errand: the one that happens to ask may be given up without the others.
            let asked = Task { await ask() }
            question = asked
            return asked
        }
        let found = await task.value
        if case .success? = found?.answer { return found }
        question.withLock { if $0 == task { $0 = nil } }
        return found
    }
}
