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
    func sharedJournal() -> SharedJournal? {
        guard let table, let lease = configuration.controller.lease else { return nil }
        let terms = LeaseTerms(ttl: lease.ttl)
        return SharedJournal(
            journal: DynamoDBJournal(table: table), lease: DynamoDBLease(table: table, terms: terms),
            holder: lease.holder ?? Self.hostName, instance: UUID().uuidString, terms: terms)
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
