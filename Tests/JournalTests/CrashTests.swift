import Failover
import Foundation
import Testing

@testable import Journal

/// A crash leaves the files as they are on the disk at that moment, the write-ahead log perhaps cut short: a
/// copy of the files of a journal at work, without its shared memory, is what the next start finds.
@Suite struct CrashTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: folder.path(name)))
    }

    @Test func `What was appended survives a kill, for a writer and for a reader`() throws {
        let journal = try folder.open()
        let added = try journal.write(Record.everyKind)
        for suffix in ["", "-wal"] {
            try bytes("journal.db" + suffix).write(
                to: URL(fileURLWithPath: folder.path("killed.db" + suffix)))
        }
        let reader = try SQLiteJournal.openReadOnly(path: folder.path("killed.db"))
        #expect(try reader.all() == added)
        reader.close()
        #expect(try folder.open("killed.db").all() == added)
    }

    @Test func `However much of the log is lost, only whole batches are there, and appending goes on`() throws
    {
        let journal = try folder.open()
        let batches = (0..<6).map { batch in (0..<3).map { Record.numbered(batch * 3 + $0) } }
        for batch in batches { _ = try journal.write(batch) }
        let database = try bytes("journal.db")
        let log = try bytes("journal.db-wal")
        var counts: Set<Int> = []
        let lengths = Array(stride(from: 0, to: log.count, by: 2999)) + [log.count]
        for (number, length) in lengths.enumerated() {
            let name = "crash-\(number).db"
            try database.write(to: URL(fileURLWithPath: folder.path(name)))
            try log.prefix(length).write(to: URL(fileURLWithPath: folder.path(name + "-wal")))
            let restarted = try folder.open(name)
            let records = try restarted.all().map(\.record)
            #expect(records.count.isMultiple(of: 3))
            #expect(records == Array(batches.joined().prefix(records.count)))
            let next = try restarted.write([.numbered(99)])
            #expect(next.map(\.sequence) == [Int64(records.count) + 1])
            restarted.close()
            counts.insert(records.count)
        }
        // Every crash between two batches was among them, the first and the last included.
        #expect(counts == Set(stride(from: 0, through: 18, by: 3)))
    }

    @Test func `Garbage at the end of the log is not taken for records`() throws {
        let journal = try folder.open()
        let added = try journal.write((1...3).map { .numbered($0) })
        let log = try bytes("journal.db-wal")
        try bytes("journal.db").write(to: URL(fileURLWithPath: folder.path("killed.db")))
        let garbage = Data((0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
        try (log + garbage).write(to: URL(fileURLWithPath: folder.path("killed.db-wal")))
        #expect(try folder.open("killed.db").all() == added)
    }
}
