import Failover
import Journal
import Settings

/// What a replay is asked.
struct ReplayQuestion {
    /// Empty: all that were recorded.
    var workloads: [WorkloadID]
    var span: Span
    /// Whether operators ask again what they asked then.
    var takesRequests: Bool
    var configuration: Configuration
    /// How the user named it, for messages.
    var configurationName: String

    /// Both ends included; nil: as far as the recording goes.
    struct Span {
        var start: Timestamp?
        var end: Timestamp?
    }

    /// The workloads to replay: each was recorded in `sessions`, and is in the configuration with the same
    /// databases. Throws exit code 2 when that is not so.
    func chosen(in sessions: [RecordedSession]) throws -> [Workload] {
        let recorded = estate(of: sessions)
        let known = configuration.workloads.map(\.id)
        for id in workloads {
            guard known.contains(id) else {
                throw unknownWorkload(id.rawValue, known: known.map(\.rawValue))
            }
            guard recorded[id] != nil else {
                let names = recorded.keys.sorted().map(\.rawValue).joined(separator: ", ")
                throw Failure(.usage, "nothing of '\(id)' was recorded in that time; recorded: \(names)")
            }
        }
        let wanted = workloads.isEmpty ? recorded.keys.sorted() : workloads
        let missing = wanted.filter { !known.contains($0) }
        guard missing.isEmpty else {
            throw Failure(
                .usage,
                "\(configurationName) does not have \(missing.map(\.rawValue).joined(separator: ", ")), "
                    + "which was recorded: name the workloads to replay, or add it")
        }
        let chosen = configuration.workloads.filter { wanted.contains($0.id) }
        let problems = chosen.flatMap { misfits(of: $0, with: recorded[$0.id] ?? []) }
        guard problems.isEmpty else { throw Failure(.usage, problems.joined(separator: "\n")) }
        return chosen
    }

    /// What was watched of each workload, as each session had it.
    private func estate(of sessions: [RecordedSession]) -> [WorkloadID: [Failover.Database]] {
        var estate: [WorkloadID: [Failover.Database]] = [:]
        for workload in sessions.flatMap(\.session.estate) {
            for database in workload.databases where estate[workload.id]?.contains(database) != true {
                estate[workload.id, default: []].append(database)
            }
        }
        return estate
    }

    private func misfits(of workload: Workload, with recorded: [Failover.Database]) -> [String] {
        let place = "\(configurationName): workload \(workload.id)"
        var problems: [String] = []
        for database in recorded {
            guard let now = workload.database(database.id) else {
                problems.append("\(place) does not have the database \(database.id), which was recorded")
                continue
            }
            for side in Side.allCases where now.site(side).names != database.site(side).names {
                problems.append(
                    "\(place) has \(now.site(side).names) as the \(side.rawValue) of \(database.id), where "
                        + "the recording has \(database.site(side).names): what was seen of one says nothing "
                        + "of the other; choose a time with --from and --to in which they are the same")
            }
        }
        let missing = workload.databases.filter { database in
            !recorded.contains { $0.id == database.id }
        }
        problems += missing.map { "\(place) has the database \($0.id), of which nothing was recorded" }
        return problems
    }
}

extension Site {
    fileprivate var names: String { "\(identifier) in \(region)" }
}
