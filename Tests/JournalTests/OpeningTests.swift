import Failover
import Foundation
import Testing

@testable import Journal

/// What can be in the way of opening, and what people are told.
@Suite struct OpeningTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func refusal(_ path: String) -> JournalError? {
        failure { () throws(JournalError) in
            try SQLiteJournal.open(path: path, holder: "drctl serve", since: .sample)
        }
    }

    private func readingRefusal(_ path: String) -> JournalError? {
        failure { () throws(JournalError) in try SQLiteJournal.openReadOnly(path: path) }
    }

    @Test func `A missing folder is named and not made`() throws {
        let error = refusal(folder.path("nowhere/journal.db"))
        #expect(error?.cause == .folderMissing(folder: folder.path("nowhere")))
        #expect(error?.description.contains("create it, owned by the user that runs drctl") == true)
        #expect(try folder.names() == [])
    }

    @Test(arguments: ["missing.db", "nowhere/journal.db"])
    func `A reader is told that there is no journal, and makes none`(name: String) throws {
        let error = readingRefusal(folder.path(name))
        #expect(error?.cause == .missing)
        #expect(error?.description.contains("does not exist") == true)
        #expect(try folder.names() == [])
    }

    @Test(arguments: ["", "/tmp/", "/tmp", "/dev/null", "/dev/null/journal.db"])
    func `What cannot be a file is refused`(path: String) {
        #expect(refusal(path) != nil)
        #expect(readingRefusal(path) != nil)
    }

    @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
    func `A folder without the right to write is said to be that`() throws {
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.url.path)
        defer {
            try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.url.path)
        }
        guard case .notWritable = refusal(folder.path())?.cause else {
            Issue.record("not .notWritable")
            return
        }
    }

    @Test(.enabled(if: getuid() != 0, "root may write everywhere"))
    func `A reader in a folder without the right to write is not told to gain it`() throws {
        try folder.open().close()
        try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: folder.url.path)
        defer {
            try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder.url.path)
        }
        #expect(readingRefusal(folder.path())?.description.contains("or read a copy") == true)
    }

    @Test func `A text file is not a journal and stays as it is`() throws {
        let text = String(repeating: "workloads: []\n", count: 100)
        try text.write(toFile: folder.path("config.yaml"), atomically: true, encoding: .utf8)
        for error in [refusal(folder.path("config.yaml")), readingRefusal(folder.path("config.yaml"))] {
            guard case .notAJournal = error?.cause else {
                Issue.record("not .notAJournal: \(String(describing: error))")
                return
            }
            #expect(error?.description.contains("check the path") == true)
        }
        #expect(try String(contentsOfFile: folder.path("config.yaml"), encoding: .utf8) == text)
    }

    @Test func `Another program's database is not a journal and stays as it is`() throws {
        try folder.tamper("other.db", "CREATE TABLE customer (name TEXT)")
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.path("other.db")))
        for error in [refusal(folder.path("other.db")), readingRefusal(folder.path("other.db"))] {
            #expect(error?.cause == .notAJournal(detail: "an SQLite database of something else"))
        }
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("other.db"))) == before)
    }

    @Test func `An empty file becomes a journal for a writer, and is none for a reader`() throws {
        try Data().write(to: URL(fileURLWithPath: folder.path()))
        #expect(readingRefusal(folder.path())?.cause == .notAJournal(detail: "an empty file"))
        let journal = try folder.open()
        #expect(try journal.write([.numbered(1)]).count == 1)
    }

    @Test func `A journal of a newer version is refused by its number`() throws {
        try folder.open().close()
        let newer = Schema.version + 1
        try folder.tamper("journal.db", "PRAGMA user_version = \(newer)")
        for error in [refusal(folder.path()), readingRefusal(folder.path())] {
            #expect(error?.cause == .newerSchema(found: newer, known: Schema.version))
            #expect(error?.description.contains("written by a newer drctl") == true)
        }
    }

    @Test func `A journal of an older version is read, and read on by a writer`() throws {
        let first = try folder.open()
        _ = try first.write([.numbered(1), .numbered(2)])
        first.close()
        for version in 1...Schema.version {
            try folder.tamper("journal.db", "PRAGMA user_version = \(version)")
            #expect(readingRefusal(folder.path()) == nil)
        }
        try folder.tamper("journal.db", "PRAGMA user_version = 1")
        let journal = try folder.open()
        #expect(try journal.write([.numbered(3)]).map(\.sequence) == [3])
        journal.close()
        #expect(readingRefusal(folder.path()) == nil)
    }

    /// So that an older package can be put back: it refuses a version that it does not know.
    @Test func `A journal's version goes up with the first record that needs it`() throws {
        let journal = try folder.open()
        _ = try journal.write([.numbered(1)])
        #expect(try folder.version() == Schema.baseline)
        let plan = Event.planAdopted(plan: Plan.sample(.automatic))
        #expect(plan.schema == 3, "it has capacity")
        _ = try journal.write([
            Failover.Record(at: .sample, workload: "orders", epoch: 1, rule: nil, event: plan)
        ])
        #expect(try folder.version() == 3)
        journal.close()
        let again = try folder.open()
        _ = try again.write([.numbered(3)])
        again.close()
        #expect(try folder.version() == 3, "never down again")
    }

    @Test func `A damaged file is refused with what to do`() throws {
        let journal = try folder.open()
        _ = try journal.write((1...500).map { .numbered($0) })
        journal.close()
        var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path()))
        // All pages but the first, which says that this is a journal.
        for index in bytes.indices.dropFirst(4096) where index.isMultiple(of: 3) { bytes[index] ^= 0x5a }
        try bytes.write(to: URL(fileURLWithPath: folder.path()))
        let error = refusal(folder.path())
        guard case .damaged = error?.cause else {
            Issue.record("not .damaged: \(String(describing: error))")
            return
        }
        #expect(error?.description.contains("restore the last good copy") == true)
    }

    @Test func `A file cut short is refused`() throws {
        let journal = try folder.open()
        _ = try journal.write((1...500).map { .numbered($0) })
        journal.close()
        let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path()))
        try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: folder.path()))
        guard case .damaged = refusal(folder.path())?.cause else {
            Issue.record("not .damaged")
            return
        }
    }

    @Test func `A failed opening lets go of the lock`() throws {
        try folder.tamper("journal.db", "CREATE TABLE customer (name TEXT)")
        #expect(refusal(folder.path()) != nil)
        #expect(SQLiteJournal.holder(path: folder.path()) == nil)
        #expect(refusal(folder.path())?.cause == .notAJournal(detail: "an SQLite database of something else"))
    }
}
