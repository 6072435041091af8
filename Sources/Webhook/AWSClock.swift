import Failover

/// AWS's clock, which is asked when a genuine message does not fit this host's: one of the two is wrong about
/// what the time is, and a message must not be lost because it is ours.
actor AWSClock {
    /// However many old messages somebody sends again, AWS is asked this seldom.
    static let memory = Duration.seconds(60)
    /// After no answer: SNS tries again after 20 s.
    static let retry = Duration.seconds(5)
    /// A clock that is farther off is not made up for: ids are kept by this host's clock (see
    /// `Attendant.memory`), and one that jumped by more could have forgotten a message that is still good.
    static let tolerance = Attendant.memory - SNSGate.window

    private let ask: @Sendable () async -> Duration?
    private let now: @Sendable () -> Timestamp
    private var last: (offset: Duration?, at: Timestamp)?
    private var underway: Task<Duration?, Never>?

    /// `ask`: how far AWS's clock is ahead of this host's; nil when it does not say.
    init(ask: @escaping @Sendable () async -> Duration?, now: @escaping @Sendable () -> Timestamp) {
        self.ask = ask
        self.now = now
    }

    /// Nil when AWS does not say.
    func offset() async -> Duration? {
        if let underway { return await underway.value }
        if let last, now() - last.at < (last.offset == nil ? Self.retry : Self.memory) { return last.offset }
        let task = Task { await ask() }
        underway = task
        let offset = await task.value
        last = (offset, now())
        underway = nil
        return offset
    }

    /// What `sent` is by AWS's clock, for a message that is genuine and not of about now by ours.
    nonisolated func judge(_ sent: Timestamp, within window: ClosedRange<Duration>) async -> Age {
        guard let offset = await offset() else { return .unknown }
        let age = now() + offset - sent
        guard window.contains(age) else { return age > window.upperBound ? .old : .fromTheFuture }
        return offset <= Self.tolerance && offset >= Duration.zero - Self.tolerance ? .good : .unknown
    }

    enum Age {
        case good
        case old
        case fromTheFuture
        /// Nobody says what the time is, or this host's clock is hopelessly off.
        case unknown
    }
}
