import Failover

/// The same facts, seen again and again at an even pace: one entry, however long it lasts.
struct Run: Sendable, Equatable {
    /// One for each observation of the batch, in its order: the template's place in the block, and the
    /// samples.
    var parts: [Part]
    var first: Timestamp
    var last: Timestamp
    /// How often it was seen. >= 1.
    var count: Int
    /// How old the observations were when they were taken in.
    var age: Duration

    struct Part: Sendable, Equatable {
        var template: Int
        var samples: Samples
    }

    /// When it was seen: the first and the last time exactly, those between at an even pace.
    func time(of index: Int) -> Timestamp {
        guard count > 1 else { return first }
        let span = last.milliseconds &- first.milliseconds
        // A product of any two numbers from a file must not trap.
        let share = (Double(span) * Double(index) / Double(count - 1)).rounded()
        return first.moved(by: Int64(exactly: share) ?? 0)
    }
}

/// The run at the end of a strand, which may still grow.
struct GrowingRun: Sendable {
    private(set) var run: Run
    /// The slowest and the fastest pace, in milliseconds, with which every look so far is told within the
    /// tolerance.
    private var slowest = Double.infinity
    private var fastest = 0.0

    init(_ run: Run) { self.run = run }

    /// Takes one more look in, if all of the run stays told closely enough. The tolerance is a sixteenth of
    /// the pace, at most a second: a round does not begin on the millisecond, and what happens at these
    /// times is that nothing is new.
    mutating func grows(to now: Timestamp, age: Duration) -> Bool {
        let elapsed = Double(now.milliseconds - run.first.milliseconds)
        let pace = elapsed / Double(run.count)
        let tolerance = min(1000, pace / 16)
        guard elapsed > 0, (fastest...slowest).contains(pace),
            Double(abs((age - run.age).milliseconds)) <= tolerance
        else { return false }
        slowest = min(slowest, (elapsed + tolerance) / Double(run.count))
        fastest = max(fastest, (elapsed - tolerance) / Double(run.count))
        run.last = now
        run.count += 1
        return true
    }
}
