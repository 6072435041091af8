import Foundation

/// A value behind a lock. Not Synchronization.Mutex: on Linux that one is a bare futex, which the thread
/// sanitizer cannot see and reports as races.
///
/// `@unchecked Sendable`: every access to `value` holds `lock`.
final class Locked<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    init(_ value: Value) {
        self.value = value
    }

    func withLock<Result>(_ body: (inout Value) throws -> Result) rethrows -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
