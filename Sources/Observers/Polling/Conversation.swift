/// A conversation with one server over one socket that never blocks: `ConversationThread` carries on with
/// many at once.
protocol Conversation: ~Copyable, SendableMetatype {
    /// Whom to talk to and what about.
    associatedtype Order: Sendable
    associatedtype Outcome: Sendable

    /// How many are under way at once; the others wait for their turn.
    static var maxRunning: Int { get }
    static var cancelled: Outcome { get }
    /// This host could not even begin.
    static func couldNotTry(_ detail: String) -> Outcome

    /// Nil when the outcome is there at once; `outcome` then has it.
    init?(_ order: Order, now: Duration, outcome: inout Outcome?)
    /// What `poll` is to watch, and for what.
    var descriptor: CInt { get }
    var events: Int16 { get }
    /// Goes on after `poll` has found the socket ready. Nil while there is more to wait for.
    mutating func advance(now: Duration) -> Outcome?
    /// What it has come to when `limit` is over.
    func overdue(_ limit: Duration) -> Outcome
}
