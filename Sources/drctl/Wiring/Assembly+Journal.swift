import Controller
import Failover
import Foundation
import Journal
import Settings

/// The journal that the configuration means: this host's file, or the table that several hosts share.
extension Assembly {
    private var table: SharedTable? {
        configuration.controller.lease.map { SharedTable(name: $0.table, region: $0.region, aws: aws) }
    }

    /// Nil for a host that is alone on its journal.
    func sharedJournal(holder: String) throws -> SharedJournal? {
        guard let table, let lease = configuration.controller.lease else { return nil }
        let terms = LeaseTerms(ttl: lease.ttl)
        return SharedJournal(
            journal: DynamoDBJournal(table: table), lease: DynamoDBLease(table: table, terms: terms),
            holder: lease.holder ?? Self.hostName, instance: UUID().uuidString, terms: terms,
            inheritance: try ownJournal(holder).map { Inheritance($0) })
    }

    /// What this host wrote before its configuration had a `lease`, with its lock: nobody may go on with it
    /// meanwhile. Nil when there is none.
    private func ownJournal(_ holder: String) throws -> SQLiteJournal? {
        let path = configuration.controller.journal
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        do {
            return try SQLiteJournal.open(path: path, holder: holder, since: clock.now())
        } catch {
            throw Failure(
                .failed,
                "\(error). It is this host's journal from before it had a lease, and is taken over into the "
                    + "shared one; without it holds and owed fences would be forgotten. If nothing in it "
                    + "counts any more, move it away")
        }
    }

    /// For looking back. Nil when there is no file yet.
    func journalForReading() throws -> (any JournalStore)? {
        if let table { return DynamoDBJournal(table: table) }
        let path = configuration.controller.journal
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        return try SQLiteJournal.openReadOnly(path: path)
    }

    /// As the kernel has it: the resolver's answer could take as long as it hangs.
    private static var hostName: String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard gethostname(&buffer, buffer.count - 1) == 0 else { return "this host" }
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
