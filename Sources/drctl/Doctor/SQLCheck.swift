import Failover

/// Whether one side of a database can be asked in SQL, and whether it does what it is asked.
struct SQLCheck {
    var database: Database
    var side: Side
    /// Where the writer should be.
    var active: Side
    var answer: SQLAnswer

    private static let page = "docs/sql-probe.md has the role, the table and the rights"

    var finding: Finding {
        let name = "sql \(side.rawValue) \(database.id)"
        switch answer.outcome {
        case .wrote: return .ok(name, answer.detail)
        case .looked:
            // The primary's first row is on its way while the standby is asked.
            guard side == .standby, active == .primary, database.sql?.canary == true, answer.heartbeat == nil
            else { return .ok(name, answer.detail) }
            return .warn(name, "\(answer.detail), and no commit has come yet: look again in a minute")
        case .readOnly:
            return .fail(
                name,
                "it is not a writer (\(answer.detail)): are primary and standby the right way round, and is "
                    + "default_transaction_read_only off?")
        case .stalled:
            return .fail(name, "\(answer.detail). Clients see the same: look at the database")
        case .crowded:
            return .warn(
                name, "it has no connection to spare (\(answer.detail)), for clients no more than for drctl")
        case .turnedAway, .misconfigured:
            return .fail(name, "drctl cannot ask it: \(answer.detail). \(Self.page)")
        }
    }
}
