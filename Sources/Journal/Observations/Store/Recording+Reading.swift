import Failover
import GRDB

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension Recording {
    /// All sessions, in the order of their starts.
    public func sessions() throws(RecordingError) -> [RecordedSession] {
        try RecordingError.naming(.read, path) {
            try queue.read { database in
                let rows = try Row.fetchAll(
                    database, sql: "SELECT id, body, seen_ms, lost FROM session ORDER BY id")
                return try rows.map { row in
                    let number: Int64 = try row.decode(atIndex: 0)
                    let body: String = try row.decode(atIndex: 1)
                    do {
                        return RecordedSession(
                            number: number,
                            session: try JSONDecoder().decode(RecordingSession.self, from: Data(body.utf8)),
                            seenUntil: Timestamp(milliseconds: try row.decode(atIndex: 2)),
                            lost: try row.decode(atIndex: 3))
                    } catch let error as DecodingError {
                        throw self.damage("session \(number)", "\(error)")
                    }
                }
            }
        }
    }

    /// How many observations of each workload there are in all, and in how many bytes.
    public func sizes() throws(RecordingError) -> [WorkloadID: (observations: Int, bytes: Int)] {
        try RecordingError.naming(.read, path) {
            try queue.read { database in
                let sql = "SELECT workload, sum(observations), sum(length(body)) FROM block GROUP BY workload"
                var sizes: [WorkloadID: (observations: Int, bytes: Int)] = [:]
                for row in try Row.fetchAll(database, sql: sql) {
                    let id: String = try row.decode(atIndex: 0)
                    sizes[WorkloadID(id)] = (try row.decode(atIndex: 1), try row.decode(atIndex: 2))
                }
                return sizes
            }
        }
    }

    /// Hands over what a session saw from `start` to `end`, both included, in order, hour by hour, so that
    /// a month fits into memory. Observations have the times at which they were made, told within a sixteenth
    /// of the pace where nothing was new.
    public func replay(
        session: Int64, from start: Timestamp, to end: Timestamp,
        _ body: ([RecordedBatch]) throws -> Void
    ) throws(RecordingError) {
        var hour = try firstHour(session, from: start)
        while let current = hour, current <= Block.hour(of: end) {
            let batches = try read(session, hour: current).filter { $0.at >= start && $0.at <= end }
            try RecordingError.naming(.read, path) { try body(batches) }
            hour = try firstHour(session, from: Timestamp(milliseconds: (current + 1) * 3_600_000))
        }
    }

    /// The first hour that ends at or after `start` and of which there is something.
    private func firstHour(_ session: Int64, from start: Timestamp) throws(RecordingError) -> Int64? {
        try RecordingError.naming(.read, path) {
            let first = Block.hour(of: start) * 3_600_000
            return try queue.read { database in
                try Int64.fetchOne(
                    database, sql: "SELECT min(first_ms) FROM block WHERE session = ? AND first_ms >= ?",
                    arguments: [session, first])
            }.map { Block.hour(of: Timestamp(milliseconds: $0)) }
        }
    }

    private func read(_ session: Int64, hour: Int64) throws(RecordingError) -> [RecordedBatch] {
        try RecordingError.naming(.read, path) {
            try queue.read { database in
                let rows = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT id, workload, first_ms, observations, body, digest FROM block
                        WHERE session = ? AND first_ms >= ? AND first_ms < ? ORDER BY workload, id
                        """, arguments: [session, hour * 3_600_000, (hour + 1) * 3_600_000])
                var batches: [RecordedBatch] = []
                for row in rows { batches += try self.unpack(row, database) }
                // Stable: what came together stays in the order of its strands.
                return batches.enumerated()
                    .sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
            }
        }
    }

    private func unpack(_ row: Row, _ database: GRDB.Database) throws -> [RecordedBatch] {
        let first = Timestamp(milliseconds: try row.decode(atIndex: 2))
        let workload = WorkloadID(try row.decode(String.self, atIndex: 1))
        let place = "\(first) (\(workload))"
        let body = [UInt8](try row.decode(Data.self, atIndex: 4))
        guard Self.digest(of: body) == (try row.decode(Int64.self, atIndex: 5)) else {
            throw damage(place, "its digest does not follow from its bytes")
        }
        let packed: PackedBlock
        do {
            packed = try PackedBlock(body, first: first)
        } catch {
            throw damage(place, error.detail)
        }
        let templates = try packed.templates.map { try self.template($0, place, database) }
        let batches = try packed.strands.flatMap { runs in
            try runs.flatMap { try self.batches(of: $0, templates, workload, place) }
        }
        guard batches.reduce(0, { $0 + $1.observations.count }) == (try row.decode(Int.self, atIndex: 3))
        else { throw damage(place, "it has another number of observations than was counted") }
        return batches
    }

    private func template(_ id: Int64, _ place: String, _ database: GRDB.Database) throws -> Template {
        let text = try String.fetchOne(
            database, sql: "SELECT body FROM template WHERE id = ?", arguments: [id])
        guard let text, Template.id(of: text) == id, let template = try? Template.reading(text) else {
            throw damage(place, "an observation's text is missing or not what it was")
        }
        return template
    }

    private func batches(
        of run: Run, _ templates: [Template], _ workload: WorkloadID, _ place: String
    ) throws -> [RecordedBatch] {
        let facts = try run.parts.map { part in
            let template = templates[part.template]
            guard let fact = Samples.joined(template.fact, part.samples) else {
                throw damage(place, "samples that do not belong to their fact")
            }
            return (template, fact)
        }
        return (0..<run.count).map { index in
            let now = run.time(of: index)
            let observations = facts.map { template, fact in
                Observation(
                    workload: workload, database: template.database, source: template.source,
                    vantage: template.vantage, at: now - run.age, fact: fact)
            }
            return RecordedBatch(at: now, workload: workload, observations: observations)
        }
    }

    private func damage(_ near: String, _ detail: String) -> RecordingError {
        RecordingError(attempt: .read, path: path, cause: .damaged(near: near, detail: detail))
    }
}
