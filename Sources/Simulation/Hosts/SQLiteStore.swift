import Failover
import Foundation
import Journal

/// The real journal, in a file of its own.
struct SQLiteStore: JournalFront {
    let journal: any JournalStore
    let host: HostID
    let trace: Trace

    init(_ file: JournalFile, of host: HostID, trace: Trace) throws(JournalError) {
        journal = try SQLiteJournal.open(
            path: file.path, holder: host.rawValue, since: trace.now, schedule: { $0() })
        self.host = host
        self.trace = trace
    }

    func append(_ records: [Failover.Record]) async throws(JournalError) -> [Entry] {
        let entries = try await journal.append(records)
        for record in records { trace.note(.record(host, record)) }
        return entries
    }
}

/// A journal's place on the real disk: gone with the run. Its path never reaches the trace.
final class JournalFile {
    private let folder: String

    /// Nil when the machine has no room for temporary files.
    init?() {
        var template = Array("\(NSTemporaryDirectory())drctl-simulation-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { return nil }
        folder = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    }

    var path: String { folder + "/journal.sqlite" }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
