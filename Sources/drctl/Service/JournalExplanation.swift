import Failover

/// Why something was so at a time, from all records of a journal in their order.
struct JournalExplanation {
    let workload: WorkloadID
    let time: Timestamp
    private var records: [Record] = []
    /// The journal's first record.
    private(set) var first: Timestamp?
    private var lastWord: Timestamp?
    private var next: Record?

    init(of workload: WorkloadID, at time: Timestamp) {
        self.workload = workload
        self.time = time
    }

    mutating func take(_ record: Record) {
        first = first ?? record.at
        guard record.at <= time else {
            next = next ?? record
            return
        }
        // The clock of a later process may have been behind: what it wrote comes after all the same.
        next = nil
        lastWord = record.at
        Self.keep(record, in: &records, of: workload)
    }

    var explanation: Explanation {
        var explanation = Explanation(workload: workload, at: time, records: records)
        if let next { explanation.take(next: next, lastWord: lastWord) }
        return explanation
    }

    /// The newest that have to do with the workload: enough for what led here.
    static func keep(_ record: Record, in records: inout [Record], of workload: WorkloadID) {
        guard record.workload == workload || record.workload == nil else { return }
        records.append(record)
        if records.count > 20_000 { records.removeFirst(10_000) }
    }
}
