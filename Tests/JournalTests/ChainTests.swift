import Failover
import Foundation
import Testing

@testable import Journal

/// What somebody with `sqlite3` and the will to drop the triggers can do, and how it shows.
@Suite struct ChainTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        let journal = try folder.open()
        _ = try journal.write((1...80).map { .numbered($0) })
        journal.close()
    }

    private static let unlock = """
        DROP TRIGGER record_is_never_changed;
        DROP TRIGGER record_is_never_deleted;
        DROP TRIGGER record_comes_last;

        """

    /// How far a replay gets, and what stops it.
    private func replay() throws -> (count: Int, error: JournalError?) {
        let journal = try folder.open()
        var count = 0
        let error = failure { () throws(JournalError) in try journal.replay { _ in count += 1 } }
        return (count, error)
    }

    private func damage(_ error: JournalError?) -> Int64? {
        guard case .damaged(let sequence, _) = error?.cause else { return nil }
        return sequence
    }

    @Test func `An untouched journal replays whole`() throws {
        let (count, error) = try replay()
        #expect(count == 80)
        #expect(error == nil)
    }

    @Test(arguments: [1, 40, 80])
    func `A changed text stops the replay at its record`(sequence: Int) throws {
        try folder.tamper(
            "journal.db",
            Self.unlock + "UPDATE record SET body = replace(body, 'ann', 'bob') WHERE sequence = \(sequence)")
        let (count, error) = try replay()
        #expect(damage(error) == Int64(sequence))
        #expect(count == sequence - 1)
    }

    @Test(arguments: [1, 33, 40])
    func `A record taken out stops the replay at its place`(sequence: Int) throws {
        try folder.tamper("journal.db", Self.unlock + "DELETE FROM record WHERE sequence = \(sequence)")
        let (count, error) = try replay()
        #expect(damage(error) == Int64(sequence))
        #expect(count == sequence - 1)
    }

    @Test func `Two records that changed places stop the replay`() throws {
        try folder.tamper(
            "journal.db",
            Self.unlock + """
                UPDATE record SET sequence = 999 WHERE sequence = 10;
                UPDATE record SET sequence = 10 WHERE sequence = 11;
                UPDATE record SET sequence = 11 WHERE sequence = 999;
                """)
        #expect(damage(try replay().error) == 10)
    }

    @Test(arguments: ["epoch = 7", "at_ms = 0", "workload = 'bank'", "kind = 'assessed'", "rule = NULL"])
    func `A column that contradicts its record is damage, for every way of reading`(change: String) throws {
        try folder.tamper("journal.db", Self.unlock + "UPDATE record SET \(change) WHERE sequence = 80")
        #expect(damage(try replay().error) == 80)
        let journal = try SQLiteJournal.openReadOnly(path: folder.path())
        let page = failure { () throws(JournalError) in try journal.latest(workload: nil, limit: 1) }
        #expect(damage(page) == 80)
    }

    @Test func `A cut-off end shows against a seal that was kept`() throws {
        let kept = try folder.open().seal()
        #expect(kept.sequence == 80)
        try folder.tamper("journal.db", Self.unlock + "DELETE FROM record WHERE sequence > 70")
        let journal = try folder.open()
        #expect(try journal.seal() != kept)
        _ = try journal.write((71...80).map { .numbered($0 * 2) })
        #expect(try journal.seal().sequence == kept.sequence)
        #expect(try journal.seal() != kept)
    }

    @Test(.enabled(if: Python.isThere))
    func `An auditor can recompute the chain with nothing but Python`() throws {
        let theirs = try Python(
            """
            import hashlib, sqlite3, sys
            digest = bytes(32)
            base = sqlite3.connect(sys.argv[1])
            for sequence, body in base.execute("SELECT sequence, body FROM record ORDER BY 1"):
                digest = hashlib.sha256(digest + sequence.to_bytes(8, "big") + body.encode()).digest()
            print(f"{sequence}:{digest.hex()}")
            """, [folder.path()]
        ).finish()
        #expect(try folder.open().seal().description + "\n" == theirs)
    }

    @Test(arguments: ["hologramPlaced", "heldByAliens"])
    func `An event of a newer version is named by its number and never skipped`(kind: String) throws {
        try folder.tamper(
            "journal.db",
            Self.unlock + """
                UPDATE record SET kind = '\(kind)', body = replace(body, 'holdReleased', '\(kind)')
                WHERE sequence = 50
                """)
        let (count, error) = try replay()
        guard case .undecodable(50, _) = error?.cause else {
            Issue.record("not .undecodable: \(String(describing: error))")
            return
        }
        // The page that it is on is read as a whole: nothing after it was handed over, and nothing twice.
        #expect(count <= 49)
        #expect(error?.description.contains("number 50") == true)
        let journal = try SQLiteJournal.openReadOnly(path: folder.path())
        let page = failure { () throws(JournalError) in
            try journal.entries(after: 45, workload: nil, limit: 10)
        }
        guard case .undecodable(50, _) = page?.cause else {
            Issue.record("not .undecodable: \(String(describing: page))")
            return
        }
    }
}
