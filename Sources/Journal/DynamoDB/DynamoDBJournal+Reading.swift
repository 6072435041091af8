import AWS
import Failover

extension DynamoDBJournal {
    /// Items in one answer; at 350 kB each DynamoDB cuts it at 1 MB anyway.
    private static let pageItems = 100
    /// Answers that one call asks for at the most: a rare workload's records may be far back.
    private static let pageLimit = 2000

    public func entries(
        after sequence: Int64, workload: WorkloadID?, limit: Int
    ) async throws(JournalError) -> [Entry] {
        let limit = JournalBounds.clamped(limit)
        var found: [Entry] = []
        var next: [String: AttributeValue]?
        for _ in 0..<Self.pageLimit where found.count < limit {
            let page = try await page(
                .read, after: max(sequence, 0), forward: true, limit: Self.pageItems, from: next)
            for batch in page.batches {
                found += try entries(of: batch).filter { $0.sequence > sequence && $0.matches(workload) }
            }
            next = page.next
            if next == nil { break }
        }
        return Array(found.prefix(limit))
    }

    public func latest(workload: WorkloadID?, limit: Int) async throws(JournalError) -> [Entry] {
        let limit = JournalBounds.clamped(limit)
        var found: [Entry] = []
        var next: [String: AttributeValue]?
        for _ in 0..<Self.pageLimit where found.count < limit {
            let items = min(Self.pageItems, max(limit, 1))
            let page = try await page(.read, after: 0, forward: false, limit: items, from: next)
            for batch in page.batches {
                found += try entries(of: batch).reversed().filter { $0.matches(workload) }
            }
            next = page.next
            if next == nil { break }
        }
        return found.prefix(limit).reversed()
    }

    /// Also proves the chain, as `SQLiteJournal` does.
    public nonisolated(nonsending) func replay(
        _ body: (Entry) throws -> Void
    ) async throws(JournalError) {
        let newest = try await page(.read, after: 0, forward: false, limit: 1, from: nil)
        let end = newest.batches.first?.last ?? 0
        var seal = Seal.start
        while seal.sequence < end {
            let page = try await page(
                .read, after: seal.sequence, forward: true, limit: Self.pageItems, from: nil)
            guard !page.batches.isEmpty else { throw damage(seal.sequence + 1, "the record is missing") }
            for batch in page.batches where seal.sequence < end {
                guard batch.first == seal.sequence + 1 else {
                    throw damage(seal.sequence + 1, "the record is missing")
                }
                for text in batch.bodies { seal = seal.next(body: text) }
                guard seal.digest == batch.digest else {
                    throw damage(batch.last, "its digest does not follow from what is before it")
                }
                for entry in try entries(of: batch) { try entry.hand(to: body, of: table.path) }
            }
        }
    }

    /// Batches with a record after `sequence`, by consistent reads.
    func page(
        _ attempt: JournalError.Attempt, after sequence: Int64, forward: Bool, limit: Int,
        from start: [String: AttributeValue]?
    ) async throws(JournalError) -> (batches: [RecordBatch], next: [String: AttributeValue]?) {
        try refuseWhenClosed(attempt)
        let query = Query(
            tableName: table.name, keyConditionExpression: "pk = :pk AND sk > :after",
            expressionAttributeValues: [":pk": SharedTable.records, ":after": .number(String(sequence))],
            scanIndexForward: forward, limit: limit, exclusiveStartKey: start)
        let answer: Query.Output
        do throws(AWSError) {
            answer = try await table.call(query)
        } catch {
            throw table.error(attempt, error, changes: false)
        }
        let batches = try JournalError.naming(attempt, table.path) {
            var batches: [RecordBatch] = []
            for item in answer.items { batches.append(try RecordBatch(item)) }
            return batches
        }
        return (batches, answer.lastEvaluatedKey)
    }

    private func entries(of batch: RecordBatch) throws(JournalError) -> [Entry] {
        try JournalError.naming(.read, table.path) { try batch.entries() }
    }

    private func damage(_ sequence: Int64, _ detail: String) -> JournalError {
        JournalError(attempt: .read, path: table.path, cause: .damaged(sequence: sequence, detail: detail))
    }
}
