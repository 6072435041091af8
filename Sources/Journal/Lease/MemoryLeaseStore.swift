/// A lease that lasts as long as the object: for tests and for simulated worlds.
public final class MemoryLeaseStore: LeaseStore {
    private let state = Locked<LeaseRecord?>(nil)

    public init() {}

    /// What stands there now, for whoever looks on from outside.
    public var record: LeaseRecord? { state.withLock { $0 } }

    public func read() throws(JournalError) -> LeaseRecord? { record }

    public func replace(_ expected: LeaseRecord?, with next: LeaseRecord) throws(JournalError) -> Bool {
        state.withLock { record in
            guard record == expected else { return false }
            record = next
            return true
        }
    }

    /// Runs `body` while nobody can acquire the lease.
    func whileItStands<Result>(_ body: (LeaseRecord?) throws -> Result) rethrows -> Result {
        try state.withLock { try body($0) }
    }
}
