/// Who asks, as far as it is known, and what they may.
struct Caller: Sendable, Equatable {
    /// The token's name; nil where no token is asked for.
    var name: String?
    var mayAct: Bool

    static let nobody = Caller(name: nil, mayAct: false)
}

/// Who may come in by a door.
public enum Access: Sendable {
    /// A Unix socket: whoever may open it may read and act.
    case socket
    /// A loopback address without tokens: everybody on this host may read, nobody may act.
    case open
    /// A token for everything but the probes of health: see `Tokens`.
    case tokens(TokenFile)
}
