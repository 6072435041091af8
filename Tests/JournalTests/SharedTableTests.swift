import AWS
import Failover
import Testing

@testable import Journal

/// The journal and the lease in a DynamoDB table, with answers lost and late.
@Suite struct SharedTableTests {
    let stand = TableStandIn()
    let table: SharedTable
    let journal: DynamoDBJournal
    let lease: DynamoDBLease

    init() async throws {
        table = stand.table
        journal = DynamoDBJournal(table: table)
        lease = DynamoDBLease(table: table, terms: LeaseTerms())
        _ = try await lease.replace(nil, with: Self.grant(1))
    }

    private static func grant(_ epoch: Int, beat: Int? = nil, isReleased: Bool = false) -> LeaseRecord {
        LeaseRecord(
            holder: "h", instance: "i\(epoch)", epoch: epoch, beat: beat ?? epoch, ttl: .seconds(15),
            renewedAt: .noon, isReleased: isReleased)
    }

    @Test func `Every kind of record comes back as it went in, to whoever opens the table next`() async throws
    {
        let added = try await journal.append(Record.everyKind, epoch: 1)
        #expect(added.map(\.record) == Record.everyKind)
        #expect(added.map(\.sequence) == (1...Record.everyKind.count).map(Int64.init))
        let next = DynamoDBJournal(table: table)
        #expect(try await next.all() == added)
        #expect(try await next.append([.numbered(1)], epoch: 1).map(\.sequence) == [Int64(added.count) + 1])
    }

    @Test func `Batches of any size are paged like single records`() async throws {
        var number = 0
        for size in [1, 3, 2, 1, 5, 1, 4, 1] {
            _ = try await journal.append((0..<size).map { .numbered(number + $0) }, epoch: 1)
            number += size
        }
        let all = (1...18).map(Int64.init)
        #expect(try await journal.all().map(\.sequence) == all)
        for start in 0...18 {
            let entries = try await journal.entries(after: Int64(start), workload: nil, limit: 4)
            #expect(entries.map(\.sequence) == Array(all.dropFirst(start).prefix(4)))
            let latest = try await journal.latest(workload: nil, limit: start)
            #expect(latest.map(\.sequence) == Array(all.suffix(start)))
        }
    }

    @Test func `A workload gets its own records only`() async throws {
        let owners: [WorkloadID?] = [nil, "shop", "bank", "shop", nil, "bank", "shop"]
        _ = try await journal.append(owners.enumerated().map { .numbered($0, workload: $1) }, epoch: 1)
        #expect(try await journal.entries(after: 2, workload: "shop", limit: 9).map(\.sequence) == [4, 7])
        #expect(try await journal.latest(workload: "bank", limit: 1).map(\.sequence) == [6])
    }

    @Test func `H2: what comes under an older epoch is refused as soon as a newer one is granted`()
        async throws
    {
        _ = try await journal.append([.numbered(1)], epoch: 1)
        #expect(try await lease.replace(Self.grant(1), with: Self.grant(2)))
        let error = await failure { () async throws(JournalError) in
            try await journal.append([.numbered(2)], epoch: 1)
        }
        #expect(error?.cause == .fenced(epoch: 1))
        #expect(try await journal.append([.numbered(3)], epoch: 2).map(\.sequence) == [2])
    }

    @Test func `A batch whose answer is lost is found in its place, and is there once`() async throws {
        stand.fail(.answerLost)
        #expect(try await journal.append([.numbered(1), .numbered(2)], epoch: 1).map(\.sequence) == [1, 2])
        #expect(try await journal.append([.numbered(3)], epoch: 1).map(\.sequence) == [3])
        #expect(try await journal.all().map(\.record) == [.numbered(1), .numbered(2), .numbered(3)])
    }

    @Test func `A batch that was done, and fenced off before its answer came, counts as done`() async throws {
        _ = try await journal.append([.numbered(1)], epoch: 1)
        stand.fail(.answerLost)
        // The repeated request finds that the lease went on in between.
        let (stand, lease) = (stand, lease)
        stand.between = { _ = try? await lease.replace(Self.grant(1), with: Self.grant(2)) }
        #expect(try await journal.append([.numbered(2)], epoch: 1).map(\.sequence) == [2])
        #expect(try await journal.all().count == 2)
    }

    @Test func `What did not get there may be tried again, and says so`() async throws {
        stand.fail(.unreachable, .unreachable, .unreachable, .unreachable)
        let error = await failure { () async throws(JournalError) in
            try await journal.append([.numbered(1)], epoch: 1)
        }
        guard case .unreachable? = error?.cause else {
            Issue.record("not .unreachable: \(String(describing: error))")
            return
        }
        #expect(error?.retryIsSafe == true)
        #expect(try await journal.append([.numbered(2)], epoch: 1).map(\.sequence) == [1])
    }

    @Test func `A renewal at the same moment is waited out`() async throws {
        stand.fail(.conflict, .conflict)
        #expect(try await journal.append([.numbered(1)], epoch: 1).map(\.sequence) == [1])
    }

    @Test func `A record that was changed or taken out stops the replay at its place`() async throws {
        for number in 1...9 { _ = try await journal.append([.numbered(number)], epoch: 1) }
        stand.change(record: 4) { item in
            item["bodies"] = ["L": [["S": #"{"at":"2027-01-15T08:00:00.000Z"}"#]]]
        }
        let changed = await failure { () async throws(JournalError) in try await journal.replay { _ in } }
        guard case .damaged(4, _)? = changed?.cause else {
            Issue.record("not .damaged at 4: \(String(describing: changed))")
            return
        }
        stand.remove(record: 2)
        let missing = await failure { () async throws(JournalError) in try await journal.replay { _ in } }
        #expect(missing?.cause == .damaged(sequence: 2, detail: "the record is missing"))
    }

    @Test func `Nothing is written without an epoch, and nothing after the end`() async throws {
        let unfenced = failure { () throws(JournalError) in try journal.append([.numbered(1)]) }
        guard case .forbidden? = unfenced?.cause else {
            Issue.record("not .forbidden: \(String(describing: unfenced))")
            return
        }
        journal.close()
        let closed = await failure { () async throws(JournalError) in
            try await journal.append([.numbered(1)], epoch: 1)
        }
        #expect(closed?.cause == .closed)
    }

    @Test func `The lease comes back as it was put there, and only who has seen it may replace it`()
        async throws
    {
        #expect(try await lease.read() == Self.grant(1))
        #expect(try await lease.replace(nil, with: Self.grant(2)) == false)
        #expect(try await lease.replace(Self.grant(1, beat: 7), with: Self.grant(2)) == false)
        #expect(try await lease.read() == Self.grant(1))
        #expect(try await lease.replace(Self.grant(1), with: Self.grant(2, isReleased: true)))
        #expect(try await lease.read() == Self.grant(2, isReleased: true))
    }

    @Test func `A lost answer to a renewal is an error, not a refusal`() async throws {
        stand.fail(.answerLost)
        let error = await failure { () async throws(JournalError) in
            try await lease.replace(Self.grant(1), with: Self.grant(1, beat: 2))
        }
        #expect(error?.attempt == .lease)
        #expect(try await lease.read()?.beat == 2)
    }

    @Test func `A renewal that an append gets in the way of is not done, and no error`() async throws {
        stand.fail(.busy)
        #expect(try await lease.replace(Self.grant(1), with: Self.grant(1, beat: 2)) == false)
        #expect(try await lease.read() == Self.grant(1))
        #expect(try await lease.replace(Self.grant(1), with: Self.grant(1, beat: 2)))
    }

    @Test func `A decision too large for one transaction is written workload by workload`() async throws {
        let part = String(repeating: "x", count: 300_000)
        let records = (0..<32).map { Record.numbered($0, workload: WorkloadID("w\($0 / 4)"), detail: part) }
        #expect(try await journal.append(records, epoch: 1).map(\.sequence) == (1...32).map(Int64.init))
        #expect(try await DynamoDBJournal(table: table).all().map(\.record) == records)
        // 1.2 MB a workload: two of them in a transaction.
        #expect(stand.asked.filter { $0 == "TransactWriteItems" }.count == 4)
    }

    @Test func `When only its beginning got there, a large decision is in doubt`() async throws {
        let part = String(repeating: "x", count: 300_000)
        let records = (0..<32).map { Record.numbered($0, workload: WorkloadID("w\($0 / 4)"), detail: part) }
        stand.fail(.none, .unreachable, .unreachable, .unreachable, .unreachable)
        let error = await failure { () async throws(JournalError) in
            try await journal.append(records, epoch: 1)
        }
        guard case .inDoubt(let detail)? = error?.cause else {
            Issue.record("not .inDoubt: \(String(describing: error))")
            return
        }
        #expect(detail.hasPrefix("8 of 32 records are written"))
        #expect(error?.retryIsSafe == false)
        #expect(try await DynamoDBJournal(table: table).all().map(\.record) == Array(records.prefix(8)))
    }

    @Test func `The records of one workload are never parted`() throws {
        func sizes(_ owners: [WorkloadID?], bytes: Int) throws -> [Int] {
            let bodies = owners.map { _ in String(repeating: "x", count: bytes) }
            let parts = try RecordBatch.transactions(bodies, of: owners, after: .start)
            return parts.map { $0.reduce(0) { $0 + $1.bodies.count } }
        }
        #expect(try sizes(["a", "b", "c"], bytes: 300) == [3])
        let between =
            Array<WorkloadID?>(repeating: "a", count: 6) + ["b", "a"] + Array(repeating: "c", count: 5)
        #expect(try sizes(between, bytes: 300_000) == [8, 5])
        #expect(throws: (any Error).self) {
            try sizes(Array(repeating: "a", count: 12), bytes: 300_000)
        }
    }

    @Test func `A batch too large for one item is spread over several, all or nothing`() async throws {
        let large = (0..<5).map { Record.numbered($0, detail: String(repeating: "x", count: 150_000)) }
        #expect(try await journal.append(large, epoch: 1).map(\.sequence) == [1, 2, 3, 4, 5])
        #expect(try await journal.all().map(\.record) == large)
        #expect(stand.asked.filter { $0 == "TransactWriteItems" }.count == 1)
        let huge = Record.numbered(1, detail: String(repeating: "x", count: 400_000))
        let error = await failure { () async throws(JournalError) in
            try await journal.append([.numbered(0), huge], epoch: 1)
        }
        guard case .unencodable(1, _)? = error?.cause else {
            Issue.record("not .unencodable: \(String(describing: error))")
            return
        }
    }
}
