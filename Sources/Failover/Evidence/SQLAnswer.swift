/// What a database server answered in SQL, after it had answered at all.
public struct SQLAnswer: Sendable, Equatable, Codable {
    public var outcome: Outcome
    /// What happened, for people: `committed a write at 0/3000148 in 9 ms`.
    public var detail: String
    /// The server's WAL position as it spells it (`16/B374D848`): written up to, or on a replica replayed up
    /// to. Nil when it was not told.
    public var position: String?
    /// On a replica: when the newest change that it has was committed on the writer, by clients or by our own
    /// probe. Nil elsewhere, and while it has replayed none since it was started.
    public var heartbeat: LagSample?
    /// Which server answered, as it says itself: to be compared with another answer, and with nothing else.
    /// Nil where it was not asked as a writer.
    public var server: String?

    public enum Outcome: String, Sendable, Codable, CaseIterable {
        /// A write was committed.
        case wrote
        /// Reads were answered, and no write was asked for.
        case looked
        /// Reads or writes were not answered in time, or the server broke off: it accepts and does not serve.
        case stalled
        /// It refuses to write, as a replica does or a server that was told to be read-only.
        case readOnly = "read-only"
        /// It has no connection to spare (SQLSTATE 53300): it lives, and says nothing about its writes.
        case crowded
        /// It turns drctl's login away, or its rights, or one does not trust the other's certificate: ours to
        /// repair, and no word on what the server is worth to others.
        case turnedAway = "turned-away"
        /// It has no such database or table, or something else that it was asked for: ours to repair too. A
        /// replica that lacks it has it from its source.
        case misconfigured
    }

    public init(
        outcome: Outcome, detail: String, position: String? = nil, heartbeat: LagSample? = nil,
        server: String? = nil
    ) {
        self.outcome = outcome
        self.detail = detail
        self.position = position
        self.heartbeat = heartbeat
        self.server = server
    }
}
