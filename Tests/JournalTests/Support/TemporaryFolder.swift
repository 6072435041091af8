import Failover
import Foundation
import GRDB
import Journal

/// A folder of its own for each test, removed with it.
final class TemporaryFolder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent(
            "drctl-journal-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func path(_ name: String = "journal.db") -> String { url.appendingPathComponent(name).path }

    /// The journal of this folder, opened for writing.
    func open(_ name: String = "journal.db") throws -> SQLiteJournal {
        try SQLiteJournal.open(path: path(name), holder: "drctl serve", since: .sample)
    }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }

    /// What somebody with `sqlite3` could do to a file.
    func tamper(_ name: String = "journal.db", _ sql: String) throws {
        let queue = try DatabaseQueue(path: path(name))
        try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
        try queue.close()
    }

    /// What the file says of itself.
    func version(_ name: String = "journal.db") throws -> Int? {
        let queue = try DatabaseQueue(path: path(name))
        let found = try queue.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
        try queue.close()
        return found
    }

    func permissions(_ name: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path(name))[.posixPermissions] as? Int
    }
}

extension JournalStore {
    /// Everything, in order.
    func all() async throws -> [Entry] {
        var entries: [Entry] = []
        try await replay { entries.append($0) }
        return entries
    }
}

extension SQLiteJournal {
    func all() throws -> [Entry] {
        var entries: [Entry] = []
        try replay { entries.append($0) }
        return entries
    }
}

extension MemoryJournal {
    func all() throws -> [Entry] {
        var entries: [Entry] = []
        try replay { entries.append($0) }
        return entries
    }
}

/// The error that `body` throws; nil when it throws none.
func failure<Value>(of body: () throws(JournalError) -> Value) -> JournalError? {
    do {
        _ = try body()
        return nil
    } catch {
        return error
    }
}

func failure<Value>(of body: () async throws(JournalError) -> Value) async -> JournalError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}
