import Failover

/// One message a day, so that silence is an alarm.
public struct Heartbeat: Sendable {
    private let time: DailyTime
    private let now: @Sendable () -> Timestamp
    private let sleep: @Sendable (Duration) async throws -> Void
    /// Whether this host leads, where several take turns.
    private let leads: @Sendable () async -> Bool
    private let send: @Sendable (_ next: Timestamp) async -> Void

    /// A start or a takeover within this time after the hour still sends: one too many is harmless, one too
    /// few is a false alarm.
    static let grace = Duration.seconds(600)
    /// The machine's clock may be set while we sleep; and who does not lead looks again.
    private static let longestSleep = Duration.seconds(30)

    public init(
        time: DailyTime, now: @escaping @Sendable () -> Timestamp,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        leads: @escaping @Sendable () async -> Bool, send: @escaping @Sendable (Timestamp) async -> Void
    ) {
        self.time = time
        self.now = now
        self.sleep = sleep
        self.leads = leads
        self.send = send
    }

    /// Until it is cancelled.
    public func run() async {
        var due = time.last(before: now())
        while !Task.isCancelled {
            let moment = now()
            if moment >= due {
                let isLate = moment - due > Self.grace
                let leads = await leads()
                if !isLate, leads { await send(time.next(after: moment)) }
                // One that does not lead may come to lead while it is not too late.
                if isLate || leads { due = time.next(after: moment) }
            }
            let rest = max(due - now(), .zero)
            let pause = rest > .zero ? min(rest, Self.longestSleep) : Self.longestSleep
            do { try await sleep(pause) } catch { return }
        }
    }
}
