/// Holds conversations of one kind, many at once, without blocking the callers' threads. Whoever holds it
/// keeps its thread alive; with the last holder all sockets are closed.
final class Conversations<Talk: Conversation & ~Copyable>: Sendable {
    private let inbox: ConversationInbox<Talk.Order, Talk.Outcome>?

    /// Starts the thread. If that fails, every outcome says that it could not be tried.
    init() {
        let inbox = ConversationInbox<Talk.Order, Talk.Outcome>()
        if let inbox, ConversationThread<Talk>.start(inbox) {
            self.inbox = inbox
        } else {
            self.inbox = nil
        }
    }

    deinit {
        inbox?.shut()
    }

    /// `limit` is for all of it, from the moment that its turn has come.
    func ask(_ order: Talk.Order, limit: Duration) async -> Talk.Outcome {
        let outcome = Promise<Talk.Outcome>()
        guard let inbox else { return Talk.couldNotTry("no thread or no descriptors at the start") }
        guard let id = inbox.add(order, limit, outcome) else {
            return Talk.couldNotTry("\(inbox.capacity) probes are under way already")
        }
        return await withTaskCancellationHandler {
            await outcome.value
        } onCancel: {
            inbox.cancel(id)
        }
    }
}
