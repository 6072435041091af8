import Dispatch
import Journal

/// One thread of its own for what a stranger can make expensive: reading, checking signatures, writing to
/// the disk. The decision loop's threads never do any of it, and no more than one core ever does.
final class Workbench: Sendable {
    private let queue = DispatchQueue(label: "drctl.webhook", qos: .utility)
    private let waiting = Locked(0)
    /// Beyond these a sender would only wait for its own time-out.
    let limit: Int

    init(limit: Int = 64) { self.limit = limit }

    func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws(Answer) -> Value
    ) async throws(Answer) -> Value {
        let isTaken = waiting.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard isTaken else { throw .unavailable(.busy) }
        let result = await withCheckedContinuation { continuation in
            queue.async {
                let result = Result(catching: work)
                self.waiting.withLock { $0 -= 1 }
                continuation.resume(returning: result)
            }
        }
        return try result.get()
    }

    /// For what is not a stranger's wish, and waits for its turn however many wait before it.
    func insist<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try work() }) }
        }
    }
}
