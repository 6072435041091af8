/// Asks servers in SQL; see `Conversations`. One thread: a server that hangs holds one of its turns for as
/// long as its limit, and delays nobody while there are others.
public final class SQLSessions: Sendable {
    private let conversations = Conversations<SQLSession>()

    /// Starts the thread. If that fails, every session says that it could not be tried.
    public init() {}

    func ask(_ order: SQLOrder) async -> SQLOutcome {
        await conversations.ask(order, limit: order.limit)
    }
}
