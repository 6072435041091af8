import Failover
import Testing

@testable import Journal

/// A host's own journal, taken over into the one that it shares.
@Suite struct InheritanceTests {
    let lease = MemoryLeaseStore()
    let shared: MemoryJournal
    let own = MemoryJournal()

    init() throws {
        shared = MemoryJournal(lease: lease)
        let grant = LeaseRecord(
            holder: "h", instance: "i", epoch: 1, beat: 1, ttl: .seconds(15), renewedAt: .noon)
        #expect(try lease.replace(nil, with: grant))
    }

    private func write(_ numbers: ClosedRange<Int>, into journal: MemoryJournal) throws {
        _ = try journal.append(numbers.map { .numbered($0) })
    }

    @Test func `An empty shared journal takes all of it, in its order, and once`() async throws {
        try write(1...450, into: own)
        let inheritance = Inheritance(own)
        #expect(try await inheritance.pass(to: shared, epoch: 1) == .takenOver(records: 450))
        #expect(try await shared.all() == own.all())
        #expect(try await inheritance.pass(to: shared, epoch: 1) == .takenOverBefore)
        try write(451...460, into: shared)
        #expect(try await inheritance.pass(to: shared, epoch: 1) == .takenOverBefore)
        #expect(try await shared.all().count == 460)
    }

    @Test(arguments: [1, 200, 449])
    func `After a death in the middle the rest follows`(written: Int) async throws {
        try write(1...450, into: own)
        try write(1...written, into: shared)
        let rest = Int64(450 - written)
        #expect(try await Inheritance(own).pass(to: shared, epoch: 1) == .takenOver(records: rest))
        #expect(try await shared.all() == own.all())
    }

    @Test func `A shared journal that began without it is left as it is`() async throws {
        try write(1...5, into: own)
        try write(6...7, into: shared)
        #expect(try await Inheritance(own).pass(to: shared, epoch: 1) == .leftBehind)
        #expect(try await shared.all().count == 2)
        try write(8...20, into: shared)
        #expect(try await Inheritance(own).pass(to: shared, epoch: 1) == .leftBehind)
    }

    @Test func `An own journal without records leaves nothing`() async throws {
        #expect(try await Inheritance(own).pass(to: shared, epoch: 1) == .nothingThere)
    }

    @Test func `Without the lease nothing is taken over`() async throws {
        try write(1...3, into: own)
        let error = await failure { () async throws(JournalError) in
            try await Inheritance(own).pass(to: shared, epoch: 2)
        }
        #expect(error?.cause == .fenced(epoch: 2))
    }

    @Test func `Large records go in batches that DynamoDB takes`() async throws {
        let part = String(repeating: "x", count: 300_000)
        _ = try own.append((1...14).map { .numbered($0, detail: part) })
        let stand = TableStandIn()
        let table = stand.table
        let lease = DynamoDBLease(table: table, terms: LeaseTerms())
        let grant = LeaseRecord(
            holder: "h", instance: "i", epoch: 1, beat: 1, ttl: .seconds(15), renewedAt: .noon)
        _ = try await lease.replace(nil, with: grant)
        let journal = DynamoDBJournal(table: table)
        #expect(try await Inheritance(own).pass(to: journal, epoch: 1) == .takenOver(records: 14))
        #expect(try await DynamoDBJournal(table: table).all() == own.all())
    }
}
