import Failover

/// What a probe asks in SQL once the server has answered at all.
public struct SQLQuestion: Sendable {
    var access: SQLAccess
    var task: SQLOrder.Task
    var tellsPosition = true
    /// The name that the server's certificate must bear, when it is not the one that was resolved.
    var host: String?

    /// To the side that should write. `host`: the endpoint's own name, for a connection through another.
    /// `writing`: whether it may be written to at all.
    public static func writer(
        of database: Database, in workload: WorkloadID, host: String? = nil, writing: Bool = true
    ) -> SQLQuestion? {
        database.sql.map {
            SQLQuestion(
                access: $0, task: $0.canary && writing ? .write(workload) : .readWriter,
                tellsPosition: database.kind == .rdsReplica, host: host)
        }
    }

    /// To a side that replicates.
    public static func replica(of database: Database, in workload: WorkloadID) -> SQLQuestion? {
        database.sql.map {
            SQLQuestion(
                access: $0, task: .readReplica($0.canary ? workload : nil),
                tellsPosition: database.kind == .rdsReplica)
        }
    }
}
