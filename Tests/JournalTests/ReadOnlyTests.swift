import Failover
import Foundation
import Testing

@testable import Journal

@Suite struct ReadOnlyTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func reader() throws(JournalError) -> SQLiteJournal {
        try SQLiteJournal.openReadOnly(path: folder.path())
    }

    @Test func `A reader beside a writer sees every committed entry, also later ones`() throws {
        let writer = try folder.open()
        let first = try writer.write([.numbered(1), .numbered(2)])
        let reader = try reader()
        #expect(try reader.all() == first)
        let second = try writer.write([.numbered(3)])
        #expect(try reader.all() == first + second)
        #expect(try reader.latest(workload: "shop", limit: 1) == second)
        reader.close()
        #expect(try writer.write([.numbered(4)]).map(\.sequence) == [4])
    }

    @Test func `A reader needs no writer`() throws {
        let writer = try folder.open()
        let added = try writer.write(Record.everyKind)
        writer.close()
        #expect(try reader().all() == added)
    }

    @Test func `A reader can append nothing`() throws {
        try folder.open().close()
        let error = failure { () throws(JournalError) in try reader().write([.numbered(1)]) }
        #expect(error?.cause == .readOnly)
        #expect(error?.retryIsSafe == true)
    }

    @Test func `A reader does not keep a writer out`() throws {
        try folder.open().close()
        let reader = try reader()
        let writer = try folder.open()
        let added = try writer.write([.numbered(1)])
        #expect(try reader.all() == added)
    }

    @Test(.enabled(if: Python.isThere))
    func `Another process's SQLite sees the entries while the writer is at work`() throws {
        let writer = try folder.open()
        let added = try writer.write((1...20).map { .numbered($0) })
        let seen = try Python(
            """
            import json, sqlite3, sys
            base = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
            print(base.execute("PRAGMA journal_mode").fetchone()[0])
            for row in base.execute("SELECT body FROM record ORDER BY sequence"):
                print(json.loads(row[0])["rule"])
            """, [folder.path()]
        ).finish()
        let rules = added.compactMap { $0.record.rule?.rawValue }
        #expect(seen.split(separator: "\n").map(String.init) == ["wal"] + rules)
        #expect(try writer.write([.numbered(21)]).map(\.sequence) == [21])
    }
}
