/// Asks servers for one byte, many at once, without blocking the callers' threads. Whoever holds it keeps its
/// thread alive; with the last holder all sockets are closed.
public final class ProbeSockets: Sendable {
    private let inbox: ProbeInbox?

    /// Starts the thread. If that fails, every probe says that it could not try.
    public init() {
        let inbox = ProbeInbox()
        if let inbox, ProbeThread.start(inbox) {
            self.inbox = inbox
        } else {
            self.inbox = nil
        }
    }

    deinit {
        inbox?.shut()
    }

    /// Connects, sends `SSLRequest` and waits for the first byte; `limit` is for all of it.
    func ask(_ address: SocketAddress, limit: Duration) async -> ProbeOutcome {
        let outcome = Promise<ProbeOutcome>()
        guard let inbox else { return .couldNotTry("no thread or no descriptors at the start") }
        guard let id = inbox.add(address, limit, outcome) else {
            return .couldNotTry("\(ProbeInbox.capacity) probes are under way already")
        }
        return await withTaskCancellationHandler {
            await outcome.value
        } onCancel: {
            inbox.cancel(id)
        }
    }
}
