import AWS
import Failover

/// A journal in a DynamoDB table, for hosts that share it. Each batch is one transaction, and the few that
/// are too large for one are several (see `RecordBatch.transactions`): on the condition that the lease still
/// stands in the writer's epoch, and that its place is free.
public final class DynamoDBJournal: FencedJournal {
    let table: SharedTable
    private let state = Locked(State())

    private struct State {
        var closed = false
        /// Where the journal ends, known as long as this process alone may write: in that epoch.
        var end: (epoch: Int, seal: Seal)?
    }

    public init(table: SharedTable) { self.table = table }

    /// Takes nothing: without the lease's epoch another host could write at the same moment.
    public func append(_ records: [Record]) throws(JournalError) -> [Entry] {
        let cause = JournalError.Cause.forbidden(detail: "a shared journal takes records under a lease only")
        throw JournalError(attempt: .append, path: table.path, cause: cause)
    }

    public func append(_ records: [Record], epoch: Int) async throws(JournalError) -> [Entry] {
        try refuseWhenClosed(.append)
        guard !records.isEmpty else { return [] }
        let seal = try await end(in: epoch)
        let transactions = try JournalError.naming(.append, table.path) {
            var bodies: [String] = []
            for (index, record) in records.enumerated() {
                bodies.append(try RecordText.encode(record, index: index))
            }
            return try RecordBatch.transactions(bodies, of: records.map(\.workload), after: seal)
        }
        var written: Int64 = 0
        for batches in transactions {
            guard let last = batches.last else { continue }
            state.withLock { $0.end = nil }
            do {
                try await write(batches, last, epoch)
            } catch {
                guard written > 0 else { throw error }
                // Whoever reads on finds a part of the decision, as if it had been made for that part alone.
                let detail = "\(written) of \(records.count) records are written, then: \(error)"
                throw JournalError(attempt: .append, path: table.path, cause: .inDoubt(detail: detail))
            }
            written = last.last - seal.sequence
            let reached = Seal(sequence: last.last, digest: last.digest)
            state.withLock { $0.end = (epoch, reached) }
        }
        return records.enumerated().map { Entry(sequence: seal.sequence + 1 + Int64($0), record: $1) }
    }

    private func end(in epoch: Int) async throws(JournalError) -> Seal {
        if let end = state.withLock({ $0.end }), end.epoch == epoch { return end.seal }
        let page = try await page(.append, after: 0, forward: false, limit: 1, from: nil)
        guard let last = page.batches.first else { return .start }
        return Seal(sequence: last.last, digest: last.digest)
    }

    // MARK: - Writing

    /// Another write to the lease's item at the same moment; it is over in milliseconds.
    private static let conflictLimit = 5

    private func write(_ batches: [RecordBatch], _ last: RecordBatch, _ epoch: Int) async throws(JournalError)
    {
        let fence = TransactWriteItems.ConditionedKey(
            tableName: table.name, key: SharedTable.leaseKey, conditionExpression: "epoch = :epoch",
            expressionAttributeValues: [":epoch": .number(epoch)])
        let puts = batches.map { batch in
            TransactWriteItems.Action.put(
                tableName: table.name, item: batch.item(epoch: epoch),
                condition: "attribute_not_exists(pk)")
        }
        // The same writes have the same token: asked again they are done once.
        let token = RecordBatch.hex(Array(SHA256.digest(last.digest + Array("\(epoch)".utf8)).prefix(16)))
        let writes = TransactWriteItems([.check(fence)] + puts, clientRequestToken: token)
        // Once one of the tries may have been done, what a later one says of itself does not settle it.
        var isInDoubt = false
        for attempt in 1... {
            do throws(AWSError) {
                _ = try await table.call(writes)
                return
            } catch {
                isInDoubt = isInDoubt || error.outcome == .unknown
                let reasons = error.cancellationReasons ?? []
                if reasons.first == "ConditionalCheckFailed" {
                    // A repeated request may be refused because the lease went on after it had been done.
                    if isInDoubt, try await stands(last) { return }
                    throw JournalError(attempt: .append, path: table.path, cause: .fenced(epoch: epoch))
                }
                if reasons.contains("TransactionConflict"), attempt < Self.conflictLimit { continue }
                // Nobody else writes in this epoch: what stands there is this, from a try without an answer.
                if isInDoubt || reasons.contains("ConditionalCheckFailed"),
                    try await stands(last)
                {
                    return
                }
                if reasons.contains("ConditionalCheckFailed") {
                    let detail = "something else stands at record \(last.last)"
                    throw JournalError(
                        attempt: .append, path: table.path, cause: .inDoubt(detail: detail))
                }
                if isInDoubt {
                    throw JournalError(
                        attempt: .append, path: table.path, cause: .inDoubt(detail: error.description))
                }
                throw table.error(.append, error, changes: true)
            }
        }
    }

    private func stands(_ batch: RecordBatch) async throws(JournalError) -> Bool {
        let key: [String: AttributeValue] = ["pk": SharedTable.records, "sk": .number(String(batch.last))]
        do throws(AWSError) {
            let item = try await table.call(GetItem(tableName: table.name, key: key))
            return item?["digest"]?.string == RecordBatch.hex(batch.digest)
        } catch {
            let cause = JournalError.Cause.inDoubt(detail: error.description)
            throw JournalError(attempt: .append, path: table.path, cause: cause)
        }
    }

    public func close() { state.withLock { $0.closed = true } }

    func refuseWhenClosed(_ attempt: JournalError.Attempt) throws(JournalError) {
        guard state.withLock({ $0.closed }) else { return }
        throw JournalError(attempt: attempt, path: table.path, cause: .closed)
    }
}
