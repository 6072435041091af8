import Failover
import Testing

@testable import Journal

/// A shared journal takes nothing from whoever's epoch is over.
@Suite struct LeaseFenceTests {
    let lease = MemoryLeaseStore()

    private func grant(_ epoch: Int) throws {
        let next = LeaseRecord(
            holder: "h", instance: "i\(epoch)", epoch: epoch, beat: epoch, ttl: .seconds(15), renewedAt: .noon
        )
        #expect(try lease.replace(lease.record, with: next))
    }

    @Test func `What comes under an older epoch is refused as soon as a newer one is granted`() throws {
        let journal = MemoryJournal(lease: lease)
        try grant(1)
        _ = try journal.append([.numbered(1)], epoch: 1)
        try grant(2)
        let error = failure { () throws(JournalError) in try journal.append([.numbered(2)], epoch: 1) }
        #expect(error?.cause == .fenced(epoch: 1))
        #expect(error?.retryIsSafe == true)
        #expect(error?.description.contains("another one holds the lease") == true)
        #expect(try journal.append([.numbered(3)], epoch: 2).map(\.sequence) == [2])
    }

    @Test func `Without any lease nothing is taken`() {
        let journal = MemoryJournal(lease: lease)
        let error = failure { () throws(JournalError) in try journal.append([.numbered(1)], epoch: 0) }
        #expect(error?.cause == .fenced(epoch: 0))
    }
}
