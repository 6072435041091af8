import Failover
import Journal

/// Tokens of a file that changes while the service runs: who is taken out of it is out.
public final class TokenFile: Sendable {
    /// Between two looks at the file.
    static let every = Duration.seconds(10)

    private struct State {
        var tokens: Tokens
        var text: String
        var readAt: Timestamp
        var isFaulty = false
    }

    private let state: Locked<State>
    private let read: @Sendable () throws -> String
    private let now: @Sendable () -> Timestamp
    private let note: @Sendable (String) -> Void

    /// `note` is told of a file that cannot be used any more: the tokens that were in force stay, because a
    /// slip of the pen at 3 a.m. must not lock everybody out.
    public init(
        read: @escaping @Sendable () throws -> String, now: @escaping @Sendable () -> Timestamp,
        note: @escaping @Sendable (String) -> Void
    ) throws {
        let text = try read()
        self.read = read
        self.now = now
        self.note = note
        state = Locked(State(tokens: try Tokens(text), text: text, readAt: now()))
    }

    func caller(presenting token: String) -> Caller? { current().caller(presenting: token) }

    private func current() -> Tokens {
        let now = now()
        return state.withLock { state in
            guard now - state.readAt >= Self.every else { return state.tokens }
            state.readAt = now
            do {
                let text = try read()
                if text != state.text { state.tokens = try Tokens(text) }
                (state.text, state.isFaulty) = (text, false)
            } catch {
                if !state.isFaulty { note("the tokens in force stay: the file cannot be used: \(error)") }
                state.isFaulty = true
            }
            return state.tokens
        }
    }
}
