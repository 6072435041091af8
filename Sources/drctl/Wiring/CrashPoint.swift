#if DEBUG
    import Failover
    import Foundation
    import Journal

    /// Kills the process right after the append that has made its n-th record durable, or never comes back
    /// from it: the test of every crash point, and of the watchdog. Debug builds only.
    final class CrashPoint: JournalFront {
        let journal: any JournalStore
        private let limit: Int
        private let hangs: Bool
        private let written = NSLock()
        private nonisolated(unsafe) var count = 0  // guarded by `written`

        /// Nil when the environment asks for neither.
        init?(_ journal: any JournalStore, environment: [String: String]) {
            let death = environment["DRCTL_CRASH_AFTER_RECORDS"].flatMap(Int.init)
            let hanging = environment["DRCTL_HANG_AFTER_RECORDS"].flatMap(Int.init)
            guard let limit = death ?? hanging else { return nil }
            self.journal = journal
            self.limit = limit
            hangs = death == nil
        }

        func append(_ records: [Failover.Record]) async throws(JournalError) -> [Entry] {
            // A whole batch at a time, as the journal has it: an append is one transaction, so that no death
            // can part the records that one decision has made.
            let entries = try await journal.append(records)
            let isOver = written.withLock {
                count += records.count
                return count >= limit
            }
            if isOver {
                if hangs { await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in } }
                kill(getpid(), SIGKILL)
            }
            return entries
        }
    }
#endif
