import Failover

/// What a host wrote down while it was alone, taken over into the journal that it shares now: without it
/// holds, owed fences, flipped levers and cooldowns would be forgotten.
public struct Inheritance: Sendable {
    let journal: any JournalStore

    public init(_ journal: any JournalStore) { self.journal = journal }

    public enum Outcome: Sendable, Equatable {
        case nothingThere
        case takenOverBefore
        case takenOver(records: Int64)
        /// The shared journal began without it, and goes its own way.
        case leftBehind
    }

    /// Well below what one transaction of DynamoDB takes.
    private static let bytesAtOnce = 1_000_000
    private static let recordsAtOnce = 200

    /// All of it, in its order, into a shared journal that is empty. One that holds the beginning of it is
    /// gone on with, so that a death in the middle loses nothing and repeats nothing.
    public func pass(
        to shared: any FencedJournal, epoch: Int
    ) async throws(JournalError) -> Outcome {
        guard let end = try await journal.latest(workload: nil, limit: 1).last?.sequence else {
            return .nothingThere
        }
        let there = try await shared.latest(workload: nil, limit: 1).last?.sequence ?? 0
        if there > 0 {
            let common = min(there, end)
            guard try await record(common, of: journal) == record(common, of: shared) else {
                return .leftBehind
            }
        }
        guard there < end else { return .takenOverBefore }
        var done = there
        while done < end {
            let page = try await journal.entries(after: done, workload: nil, limit: Self.recordsAtOnce)
            let batch = try Self.beginning(of: page.map(\.record))
            guard !batch.isEmpty else { break }
            done = try await shared.append(batch, epoch: epoch).last?.sequence ?? end
        }
        return .takenOver(records: done - there)
    }

    public func close() { journal.close() }

    private func record(
        _ sequence: Int64, of journal: any JournalStore
    ) async throws(JournalError) -> Record? {
        try await journal.entries(after: sequence - 1, workload: nil, limit: 1).first?.record
    }

    private static func beginning(of records: [Record]) throws(JournalError) -> [Record] {
        var (count, bytes) = (0, 0)
        for (index, record) in records.enumerated() {
            bytes += try JournalError.naming(.append, "shared") {
                try RecordText.encode(record, index: index).utf8.count
            }
            if count > 0, bytes > bytesAtOnce { break }
            count += 1
        }
        return Array(records.prefix(count))
    }
}
