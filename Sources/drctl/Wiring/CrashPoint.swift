#if DEBUG
    import Failover
    import Foundation
    import Journal

    /// Kills the process right after the n-th record that it has made durable: the test of every crash point. Debug
    /// builds only.
    final class CrashPoint: JournalStore {
        private let journal: any JournalStore
        private let limit: Int
        private let written = NSLock()
        private nonisolated(unsafe) var count = 0  // guarded by `written`

        init(_ journal: any JournalStore, after limit: Int) {
            self.journal = journal
            self.limit = limit
        }

        func append(_ records: [Failover.Record]) throws(JournalError) -> [Entry] {
            var entries: [Entry] = []
            // One by one, so that a batch can be cut anywhere: no less than a real crash between two batches does.
            for record in records {
                entries += try journal.append([record])
                written.lock()
                count += 1
                let isOver = count >= limit
                written.unlock()
                if isOver { kill(getpid(), SIGKILL) }
            }
            return entries
        }

        func entries(after sequence: Int64, workload: WorkloadID?, limit: Int) throws(JournalError) -> [Entry]
        {
            try journal.entries(after: sequence, workload: workload, limit: limit)
        }

        func latest(workload: WorkloadID?, limit: Int) throws(JournalError) -> [Entry] {
            try journal.latest(workload: workload, limit: limit)
        }

        func replay(_ body: (Entry) throws -> Void) throws(JournalError) { try journal.replay(body) }

        func close() { journal.close() }
    }
#endif
