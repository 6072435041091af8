import Failover

extension Entry {
    func matches(_ workload: WorkloadID?) -> Bool { workload == nil || record.workload == workload }

    /// One call of a replay's body, its error named.
    func hand(to body: (Entry) throws -> Void, of path: String) throws(JournalError) {
        do {
            try body(self)
        } catch let error as JournalError {
            throw error
        } catch {
            let cause = JournalError.Cause.stopped(sequence: sequence, detail: String(describing: error))
            throw JournalError(attempt: .read, path: path, cause: cause)
        }
    }
}
