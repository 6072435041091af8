import ArgumentParser
import Failover
import Foundation
import Journal
import Server

struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Show what happened, from the journal.",
        discussion: "Asks the service; when none answers, reads the journal's file.")

    @Argument(help: "Only this workload.")
    var workload: String?

    @Option(name: .shortAndLong, help: "How many records, 1 to 1000.")
    var limit = 50

    @Flag(help: "Judgements and notices too, not only what was done.")
    var all = false

    @OptionGroup var common: CommonOptions

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit takes 1 to 1000") }
    }

    func run() async throws {
        let records = RecordSource(common: common)
        let id = workload.map { WorkloadID($0) }
        // Text leaves judgements and notices out, so more is read than shown: `limit` counts what is shown.
        let read = common.json || all ? limit : 1000
        let entries = try await records.latest(workload: id, limit: read)
        if entries.isEmpty, let id { try await common.checkName(id) }
        if common.json { return try printJSON(entries) }
        guard let last = entries.last else { return say("nothing has been recorded yet") }
        for entry in entries.filter({ all || $0.record.event.isDeed }).suffix(limit) {
            common.show(
                "\(clockText(entry.record.at, now: last.record.at))  \(RecordText(record: entry.record).line)"
            )
        }
    }
}

extension Event {
    /// Done, and not only judged or told.
    var isDeed: Bool {
        switch self {
        case .assessed, .noticeIssued, .noticeSettled: false
        default: true
        }
    }
}

/// Records from the service, or, when none answers, from the journal itself.
struct RecordSource {
    let common: CommonOptions

    func latest(workload: WorkloadID?, limit: Int) async throws -> [HistoryEntry] {
        let client = try common.client()
        do {
            return try await client.history(after: nil, workload: workload, limit: limit)
        } catch let failure as Failure where failure.status == .noAnswer && !common.isRemote {
            return try await fromJournal { try await $0.latest(workload: workload, limit: limit) }
        }
    }

    /// Whether there is a journal to read.
    func hasJournal() throws -> Bool {
        let controller = try common.load().controller
        return controller.lease != nil || FileManager.default.fileExists(atPath: controller.journal)
    }

    /// Every record in the journal, in order.
    func eachRecord(_ body: (Record) throws -> Void) async throws {
        _ = try await fromJournal { journal in
            try await journal.replay { try body($0.record) }
            return []
        }
    }

    private func fromJournal(_ read: (any JournalStore) async throws -> [Entry]) async throws
        -> [HistoryEntry]
    {
        do {
            guard let journal = try Assembly(common.load()).journalForReading() else {
                let path = try common.load().controller.journal
                throw JournalError(attempt: .open, path: path, cause: .missing)
            }
            defer { journal.close() }
            return try await read(journal).map(HistoryEntry.init)
        } catch let error as JournalError {
            throw Failure(.failed, "\(error)")
        }
    }
}
