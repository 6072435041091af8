import Failover
import Foundation
import Testing

@testable import Journal

@Suite struct LockTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func refusal(_ name: String = "journal.db") -> JournalError? {
        failure { () throws(JournalError) in
            try SQLiteJournal.open(path: folder.path(name), holder: "drctl serve", since: .sample)
        }
    }

    @Test func `A second opening is refused by name until the first one is closed`() throws {
        let first = try folder.open()
        let expected =
            "the journal \(folder.path()) is in use by drctl serve (pid \(getpid()), "
            + "since \(Timestamp.sample)); use that service, or stop it first"
        #expect(refusal()?.description == expected)
        #expect(refusal()?.retryIsSafe == true)
        #expect(try first.write([.numbered(1)]).count == 1)
        first.close()
        #expect(try folder.open().all().count == 1)
    }

    @Test func `A journal that is let go without closing is free again`() throws {
        do { _ = try folder.open() }
        _ = try folder.open()
    }

    @Test func `A second name of the same file is the same journal`() throws {
        let first = try folder.open()
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("alias.db"), withDestinationPath: folder.path())
        guard case .inUse = refusal("alias.db")?.cause else {
            Issue.record("not .inUse")
            return
        }
        guard case .inUse = refusal("./../\(folder.url.lastPathComponent)/journal.db")?.cause else {
            Issue.record("not .inUse")
            return
        }
        first.close()
    }

    @Test func `The holder can be asked for without taking the lock`() throws {
        #expect(SQLiteJournal.holder(path: folder.path()) == nil)
        #expect(try folder.names() == [])
        let journal = try folder.open()
        #expect(SQLiteJournal.holder(path: folder.path()) == .here(name: "drctl serve", since: .sample))
        journal.close()
        #expect(SQLiteJournal.holder(path: folder.path()) == nil)
    }

    @Test func `The holder's host is named when it is another one`() {
        let holder = LockHolder(name: "drctl serve", pid: 7, host: "elsewhere.example", since: .sample)
        #expect(holder.text == "drctl serve (pid 7 on elsewhere.example, since \(Timestamp.sample))")
    }

    @Test(.enabled(if: Python.isThere))
    func `Another process's lock counts, and is gone when that process is killed`() throws {
        // l_type, l_whence, l_start, l_len, l_pid of Linux's 64-bit `struct flock`; 37 is F_OFD_SETLK.
        let child = try Python(
            """
            import fcntl, os, struct, sys, time
            file = open(sys.argv[1], "w")
            fcntl.fcntl(file, 37, struct.pack("hhqqixxxx", fcntl.F_WRLCK, 0, 0, 0, 0))
            file.write(sys.argv[2] % os.getpid()); file.flush()
            print("locked", flush=True)
            time.sleep(600)
            """,
            [
                folder.path("journal.db.lock"),
                #"{"name":"drctl serve","pid":%d,"host":"elsewhere","since":"2026-01-02T03:04:05.678Z"}"#,
            ])
        #expect(try child.line() == "locked")
        let error = refusal()
        #expect(
            error?.description.contains("drctl serve (pid \(child.pid) on elsewhere, since 2026-01-02T")
                == true)
        #expect(SQLiteJournal.holder(path: folder.path())?.pid == child.pid)
        child.kill()
        #expect(SQLiteJournal.holder(path: folder.path()) == nil)
        _ = try folder.open()
    }

    @Test(.enabled(if: Python.isThere))
    func `A holder that has not said who it is is another process`() throws {
        let child = try Python(
            """
            import fcntl, struct, sys, time
            file = open(sys.argv[1], "w")
            fcntl.fcntl(file, 37, struct.pack("hhqqixxxx", fcntl.F_WRLCK, 0, 0, 0, 0))
            print("locked", flush=True)
            time.sleep(600)
            """, [folder.path("journal.db.lock")])
        defer { child.kill() }
        #expect(try child.line() == "locked")
        #expect(refusal()?.cause == .inUse(holder: nil))
        #expect(refusal()?.description.contains("in use by another process") == true)
    }
}
