import Failover

/// Keeps what the controller sees in a `Recording`. The controller's calls only put it into a bounded list;
/// packing and writing happen wherever `schedule` runs its work, which must be one after the other and may
/// block.
public final class ObservationRecorder: ObservationLog {
    /// Observations that may wait for the disk: some minutes of the largest estate. Beyond that the newest
    /// are lost, and the recording says how many.
    static let inboxLimit = 50_000
    /// What is not in the file yet is lost with the process.
    static let pause = Duration.seconds(60)

    private let inbox = Locked(Inbox())
    private let tape: Locked<Tape>
    private let schedule: @Sendable (@escaping @Sendable () -> Void) -> Void

    private struct Inbox {
        var session: RecordingSession?
        var batches: [Batch] = []
        var waiting = 0
        var lost = 0
        var isScheduled = false
        var scheduledAt: Timestamp?
    }

    /// One call of `took`.
    struct Batch: Sendable {
        var at: Timestamp
        var observations: [Observation]
    }

    /// `warn` hears, now and then, of what cannot be kept.
    public init(
        path: String, bounds: RecordingBounds, warn: @escaping @Sendable (String) -> Void,
        schedule: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void
    ) {
        tape = Locked(Tape(path: path, bounds: bounds, warn: warn))
        self.schedule = schedule
    }

    public func began(_ session: RecordingSession) {
        inbox.withLock { $0.session = session }
        hurry()
    }

    public func took(_ observations: [Observation], at now: Timestamp) {
        guard !observations.isEmpty else { return }
        let isDue = inbox.withLock { inbox in
            guard inbox.waiting + observations.count <= Self.inboxLimit else {
                inbox.lost += observations.count
                return false
            }
            inbox.batches.append(Batch(at: now, observations: observations))
            inbox.waiting += observations.count
            let age = inbox.scheduledAt.map { now - $0 } ?? Self.pause
            guard age >= Self.pause || age < .zero else { return false }
            inbox.scheduledAt = now
            return true
        }
        if isDue { hurry() }
    }

    public func hurry() { write(then: nil) }

    /// Writes everything that was taken in so far, as soon as the work before it has ended, and calls `done`.
    public func write(then done: (@Sendable () -> Void)?) {
        // One piece of work takes all that waits: while a disk hangs, no more than that one may queue up.
        let isFirst = inbox.withLock { inbox in
            defer { inbox.isScheduled = true }
            return !inbox.isScheduled
        }
        guard isFirst else {
            if let done { schedule(done) }
            return
        }
        schedule { [self] in
            let (session, batches, lost) = inbox.withLock { inbox in
                defer { (inbox.batches, inbox.waiting, inbox.isScheduled) = ([], 0, false) }
                return (inbox.session, inbox.batches, inbox.lost)
            }
            tape.withLock { $0.take(batches, of: session, lost: lost) }
            done?()
        }
    }

    /// The same, and closes the file: nothing may be handed in after it.
    public func finish(then done: @escaping @Sendable () -> Void) {
        write(then: nil)
        schedule { [self] in
            tape.withLock { $0.close() }
            done()
        }
    }
}
