/// Asks servers for one byte; see `Conversations`.
public final class ProbeSockets: Sendable {
    private let conversations = Conversations<ProbeSocket>()

    /// Starts the thread. If that fails, every probe says that it could not try.
    public init() {}

    /// Connects, sends `SSLRequest` and waits for the first byte; `limit` is for all of it.
    func ask(_ address: SocketAddress, limit: Duration) async -> ProbeOutcome {
        await conversations.ask(address, limit: limit)
    }
}
