import Failover
import Foundation
import GRDB
import Testing

@testable import Journal

@Suite struct FileTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func `What was appended is there after reopening, and numbering goes on`() throws {
        let first = try folder.open()
        let added = try first.write(Record.everyKind)
        first.close()
        let second = try folder.open()
        #expect(try second.all() == added)
        #expect(try second.write([.numbered(1)]).map(\.sequence) == [Int64(added.count) + 1])
    }

    @Test func `The files belong to their owner alone`() throws {
        let journal = try folder.open()
        _ = try journal.write([.numbered(1)])
        let names = try folder.names()
        #expect(names == ["journal.db", "journal.db-shm", "journal.db-wal", "journal.db.lock"])
        for name in names { #expect(try folder.permissions(name) == 0o600, "\(name)") }
    }

    @Test(.enabled(if: geteuid() == 0, "only root can write in somebody else's folder"))
    func `What root makes in the folder of the service belongs to the service`() throws {
        let service: uid_t = 12_345
        #expect(chown(folder.url.path, service, service) == 0)
        let journal = try folder.open()
        _ = try journal.write([.numbered(1)])
        for name in try folder.names() {
            var status = stat()
            #expect(stat(folder.path(name), &status) == 0)
            #expect(status.st_uid == service && status.st_gid == service, "\(name)")
        }
    }

    @Test func `Closing puts everything into the one file`() throws {
        let journal = try folder.open()
        _ = try journal.write([.numbered(1)])
        journal.close()
        #expect(try folder.names() == ["journal.db", "journal.db.lock"])
    }

    @Test(arguments: [
        ("synchronous", "2"), ("fullfsync", "1"), ("checkpoint_fullfsync", "1"), ("journal_mode", "wal"),
    ])
    func `The connection flushes every append`(setting: String, value: String) throws {
        let journal = try folder.open()
        let found = try journal.queue.read { database in
            try DatabaseValue.fetchOne(database, sql: "PRAGMA \(setting)")?.description
        }
        #expect(found?.trimmingCharacters(in: ["\""]) == value)
    }

    @Test(arguments: [
        "UPDATE record SET epoch = 9 WHERE sequence = 2", "UPDATE record SET body = body",
        "DELETE FROM record WHERE sequence = 3", "DELETE FROM record",
        "INSERT OR REPLACE INTO record SELECT * FROM record WHERE sequence = 2",
        "INSERT INTO record SELECT 9, at_ms, workload, epoch, kind, rule, body, digest FROM record LIMIT 1",
        "INSERT INTO record SELECT -1, at_ms, workload, epoch, kind, rule, body, digest FROM record LIMIT 1",
        "INSERT INTO record SELECT 4, at_ms, workload, epoch, kind, rule, '{', digest FROM record LIMIT 1",
        "INSERT INTO record SELECT 4, at_ms, workload, epoch, kind, rule, body, x'00' FROM record LIMIT 1",
    ])
    func `The table refuses whatever is not an append`(sql: String) throws {
        let journal = try folder.open()
        let added = try journal.write((1...3).map { .numbered($0) })
        #expect(throws: DatabaseError.self) { try folder.tamper("journal.db", sql) }
        #expect(try journal.all() == added)
    }

    @Test func `A batch that the table refuses halfway leaves nothing behind`() throws {
        let journal = try folder.open()
        let added = try journal.write([.numbered(1)])
        try journal.queue.writeWithoutTransaction { database in
            try database.execute(
                sql: """
                    CREATE TEMP TRIGGER obstacle BEFORE INSERT ON record WHEN NEW.sequence = 3 BEGIN
                        SELECT RAISE (ABORT, 'an obstacle');
                    END
                    """)
        }
        let error = failure { () throws(JournalError) in
            try journal.write([.numbered(2), .numbered(3), .numbered(4)])
        }
        #expect(error?.cause == .forbidden(detail: "an obstacle"))
        #expect(error?.retryIsSafe == true)
        #expect(try journal.all() == added)
        #expect(try journal.write([.numbered(5)]).map(\.sequence) == [2])
    }

    @Test func `A full disk refuses the batch, and the same batch goes in once there is room`() throws {
        let journal = try folder.open()
        let batch = (1...200).map { Record.numbered($0) }
        func limitPages(_ count: Int) throws {
            try journal.queue.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA max_page_count = \(count)")
            }
        }
        try limitPages(6)
        let error = failure { () throws(JournalError) in try journal.write(batch) }
        #expect(error?.cause == .diskFull)
        #expect(error?.retryIsSafe == true)
        #expect(try journal.all() == [])
        try limitPages(1_000_000)
        #expect(try journal.write(batch).count == batch.count)
    }

    @Test func `After a failure of the disk nothing is taken any more until the journal is opened anew`()
        throws
    {
        let journal = try folder.open()
        _ = try journal.write([.numbered(1)])
        try journal.queue.writeWithoutTransaction { database in
            database.add(
                function: DatabaseFunction("broken_disk", argumentCount: 0) { _ in
                    throw DatabaseError(resultCode: .SQLITE_IOERR, message: "disk I/O error")
                })
            try database.execute(
                sql: "CREATE TEMP TRIGGER broken BEFORE INSERT ON record BEGIN SELECT broken_disk(); END")
        }
        let error = failure { () throws(JournalError) in try journal.write([.numbered(2)]) }
        guard case .inputOutput = error?.cause else {
            Issue.record("not .inputOutput: \(String(describing: error))")
            return
        }
        #expect(error?.retryIsSafe == false)
        try journal.queue.writeWithoutTransaction { try $0.execute(sql: "DROP TRIGGER temp.broken") }
        let second = failure { () throws(JournalError) in try journal.write([.numbered(2)]) }
        guard case .unsettled = second?.cause else {
            Issue.record("not .unsettled: \(String(describing: second))")
            return
        }
        #expect(second?.retryIsSafe == false)
        #expect(try journal.all().count == 1)
        journal.close()
        #expect(try folder.open().write([.numbered(2)]).map(\.sequence) == [2])
    }

    @Test func `Thousands of records go in and come out`() throws {
        let journal = try folder.open()
        let records = (1...5000).map { Record.numbered($0, workload: $0.isMultiple(of: 2) ? "shop" : "bank") }
        for batch in stride(from: 0, to: records.count, by: 500) {
            _ = try journal.write(Array(records[batch..<batch + 500]))
        }
        var count = 0
        try journal.replay { entry in
            #expect(entry.record == records[count])
            count += 1
        }
        #expect(count == records.count)
        #expect(try journal.latest(workload: "bank", limit: 2).map(\.sequence) == [4997, 4999])
    }
}
