import Failover
import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One row of the table `record`.
struct JournalRow {
    var entry: Entry
    var body: String
    var digest: [UInt8]

    static let columns = "sequence, at_ms, workload, epoch, kind, rule, body, digest"

    /// Reads and decodes a row. A column that does not say what the body says means that somebody edited the
    /// file.
    init(_ row: Row) throws {
        let sequence: Int64 = try row.decode(atIndex: 0)
        body = try row.decode(atIndex: 6)
        digest = [UInt8](try row.decode(Data.self, atIndex: 7))
        let record = try RecordText.decode(body, sequence: sequence)
        guard try JournalColumns(record) == JournalColumns(row) else {
            throw Refusal(cause: .damaged(sequence: sequence, detail: "its columns contradict its body"))
        }
        entry = Entry(sequence: sequence, record: record)
    }

    static func insert(_ record: Failover.Record, body: String, seal: Seal, into database: GRDB.Database)
        throws
    {
        let columns = JournalColumns(record)
        let statement = try database.cachedStatement(
            sql: "INSERT INTO record (\(Self.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        try statement.execute(arguments: [
            seal.sequence, columns.atMilliseconds, columns.workload, columns.epoch, columns.kind,
            columns.rule, body,
            Data(seal.digest),
        ])
    }

    /// The newest row's place in the chain.
    static func seal(in database: GRDB.Database) throws -> Seal {
        let sql = "SELECT sequence, digest FROM record ORDER BY sequence DESC LIMIT 1"
        guard let row = try Row.fetchOne(database, sql: sql) else { return .start }
        return Seal(
            sequence: try row.decode(atIndex: 0), digest: [UInt8](try row.decode(Data.self, atIndex: 1)))
    }
}

/// The parts of a record that have columns of their own.
private struct JournalColumns: Equatable {
    var atMilliseconds: Int64
    var workload: String?
    var epoch: Int
    var kind: String
    var rule: String?

    init(_ record: Failover.Record) {
        atMilliseconds = record.at.milliseconds
        workload = record.workload?.rawValue
        epoch = record.epoch
        kind = record.event.kind
        rule = record.rule?.rawValue
    }

    init(_ row: Row) throws {
        atMilliseconds = try row.decode(atIndex: 1)
        workload = try row.decode(atIndex: 2)
        epoch = try row.decode(atIndex: 3)
        kind = try row.decode(atIndex: 4)
        rule = try row.decode(atIndex: 5)
    }
}
