#if DEBUG
    import Failover
    import Foundation
    import Journal

    /// Kills the process right after the append that has made its n-th record durable: the test of every
    /// crash point. Debug builds only.
    final class CrashPoint: JournalFront {
        let journal: any JournalStore
        private let limit: Int
        private let written = NSLock()
        private nonisolated(unsafe) var count = 0  // guarded by `written`

        init(_ journal: any JournalStore, after limit: Int) {
            self.journal = journal
            self.limit = limit
        }

        func append(_ records: [Failover.Record]) async throws(JournalError) -> [Entry] {
            // A whole batch at a time, as the journal has it: an append is one transaction, so that no death
            // can part the records that one decision has made.
            let entries = try await journal.append(records)
            let isOver = written.withLock {
                count += records.count
                return count >= limit
            }
            if isOver { kill(getpid(), SIGKILL) }
            return entries
        }
    }
#endif
