import Failover
import Journal

/// `drctl replay --list`: what is recorded.
struct RecordingList: Encodable {
    var path: String
    var sessions: [Session]
    var workloads: [WorkloadSize]

    struct Session: Encodable {
        var startedAt: Timestamp
        var seenUntil: Timestamp
        var version: String
        var configurationDigest: String
        var lost: Int
        var workloads: [WorkloadID]
    }

    struct WorkloadSize: Encodable {
        var workload: WorkloadID
        var observations: Int
        var bytes: Int
        /// Over the time that was watched; nil for less than an hour.
        var bytesADay: Int?
    }

    init(_ recording: Recording) throws(RecordingError) {
        path = recording.path
        let recorded = try recording.sessions()
        sessions = recorded.map { session in
            Session(
                startedAt: session.session.startedAt, seenUntil: session.seenUntil,
                version: session.session.version, configurationDigest: session.session.configurationDigest,
                lost: session.lost, workloads: session.session.estate.map(\.id))
        }
        workloads = try recording.sizes().sorted { $0.key < $1.key }.map { id, size in
            let spans = recorded.filter { $0.session.estate.contains { $0.id == id } }
                .map { ($0.seenUntil - $0.session.startedAt).inSeconds }
            let seconds = spans.reduce(0, +)
            return WorkloadSize(
                workload: id, observations: size.observations, bytes: size.bytes,
                bytesADay: seconds >= 3600 ? Int(Double(size.bytes) * 86_400 / seconds) : nil)
        }
    }

    var text: String {
        var lines = [path]
        lines += sessions.map { session in
            let lost = session.lost == 0 ? "" : ", \(session.lost) observations lost"
            return "  \(session.startedAt) to \(session.seenUntil), drctl \(session.version), configuration "
                + "\(session.configurationDigest)\(lost)"
        }
        lines.append(
            table(
                workloads.map { size in
                    [
                        size.workload.rawValue, "\(size.observations) observations", "\(size.bytes) bytes",
                        size.bytesADay.map { "\($0) bytes a day" } ?? "",
                    ]
                }, indent: 2))
        return lines.joined(separator: "\n")
    }
}
