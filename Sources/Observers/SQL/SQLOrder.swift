import Failover

/// One question to one server: whom to ask, as whom, and what.
struct SQLOrder: Sendable {
    var access: SQLAccess
    var password: SQLPassword
    /// The endpoint's name, which the server's certificate must bear.
    var host: String
    /// One of its addresses, from our own resolver: libpq's own look-up would block.
    var address: String
    /// 1...65535.
    var port: Int
    var task: Task
    /// Whether its WAL position is asked for. Aurora refuses that: "WAL control functions cannot be executed
    /// when wal_level < logical", and on a reader never.
    var tellsPosition = true
    /// For all of it. The server is told a little less for each statement, so that it does not go on working
    /// on what nobody waits for any more.
    var limit: Duration

    enum Task: Sendable, Equatable {
        /// Commit a write in the name of the workload.
        case write(WorkloadID)
        /// Read as a writer, without a write.
        case readWriter
        /// Read as a replica: how far it has come; with the workload, by its heartbeat too.
        case readReplica(WorkloadID?)
    }

    /// What is asked, in order. The first statement of a writer reads only, so that a server which reads and
    /// does not write is told from one that does neither.
    var statements: [SQLStatement] {
        switch task {
        case .write(let workload):
            [.role(tellsPosition), .heartbeat(of: workload, tellsPosition)]
        case .readWriter: [.role(tellsPosition)]
        case .readReplica(let workload):
            [workload.map { .replica(of: $0, tellsPosition) } ?? .replica(tellsPosition)]
        }
    }

    /// libpq's parameters. What is not here comes from its defaults, so the ones that would make it look into
    /// the environment or the home directory are.
    var parameters: [(name: String, value: String)] {
        let milliseconds = max(1, (limit * 4 / 5).milliseconds)
        var parameters = [
            ("host", host), ("hostaddr", address), ("port", "\(port)"), ("dbname", access.database),
            ("user", access.user), ("password", password.text), ("application_name", "drctl"),
            ("client_encoding", "UTF8"), ("target_session_attrs", "any"), ("gssencmode", "disable"),
            ("options", "-c statement_timeout=\(milliseconds) -c search_path=pg_catalog"),
            ("sslcert", Self.noFile), ("sslkey", Self.noFile), ("sslcrl", Self.noFile),
        ]
        switch access.tls {
        case .verifyFull(let caBundle):
            parameters += [("sslmode", "verify-full"), ("sslrootcert", caBundle)]
        case .require: parameters += [("sslmode", "require"), ("sslrootcert", Self.noFile)]
        case .disable: parameters += [("sslmode", "disable")]
        }
        return parameters
    }

    /// Below a device there are no files.
    private static let noFile = "/dev/null/none"
}

/// A statement with its one parameter.
struct SQLStatement: Sendable, Equatable {
    var text: String
    var parameter: String?
    /// Whether what it asks for is committed with it.
    var writes = false

    /// Every answer has these columns: whether the server is in recovery, its WAL position, the time in
    /// seconds since 1970 of the heartbeat, or on a replica of the newest commit that it has replayed, and
    /// which server it is: its own address (nil on a Unix socket) and when it was started, to the
    /// microsecond. Two servers have not both in common, even where one is a copy of the other.
    static func role(_ tellsPosition: Bool) -> SQLStatement {
        SQLStatement(text: "select pg_is_in_recovery(), \(position(tellsPosition)), null, \(server)")
    }

    /// Whoever made it: where only clients inside the Region still reach the writer, their commits tell that
    /// it lives. `greatest` passes over nulls (nothing replayed since the start, no row).
    static func replica(of workload: WorkloadID, _ tellsPosition: Bool) -> SQLStatement {
        SQLStatement(
            text: """
                select pg_is_in_recovery(), \(position(tellsPosition)), \
                greatest(\(lastReplayed), \
                (select extract(epoch from at) from drctl.heartbeat where workload = $1)), \(server)
                """, parameter: workload.rawValue)
    }

    static func replica(_ tellsPosition: Bool) -> SQLStatement {
        SQLStatement(
            text: "select pg_is_in_recovery(), \(position(tellsPosition)), \(lastReplayed), \(server)")
    }

    static func heartbeat(of workload: WorkloadID, _ tellsPosition: Bool) -> SQLStatement {
        SQLStatement(
            text: """
                insert into drctl.heartbeat (workload, at) values ($1, clock_timestamp()) \
                on conflict (workload) do update set at = excluded.at \
                returning pg_is_in_recovery(), \(position(tellsPosition)), extract(epoch from at), \(server)
                """, parameter: workload.rawValue, writes: true)
    }

    /// By the clock of the server that committed it.
    private static let lastReplayed = "extract(epoch from pg_last_xact_replay_timestamp())"

    private static let server =
        "concat_ws(' ', host(inet_server_addr()), extract(epoch from pg_postmaster_start_time()))"

    private static func position(_ tellsPosition: Bool) -> String {
        guard tellsPosition else { return "null" }
        return "(case when pg_is_in_recovery() then pg_last_wal_replay_lsn() "
            + "else pg_current_wal_lsn() end)::text"
    }
}
