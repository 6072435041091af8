import Failover

/// Makes examinations side by side; whatever hangs is left behind.
struct Examiner: Sendable {
    let clock: MachineClock

    /// Two calls after one another, each with `DoctorContext.options`, and some room.
    static let limit = Duration.seconds(19)
    /// A person waits, 30 s with `Standings.patience` before it. What did not come to its turn by then
    /// is said to be so.
    static let overallLimit = Duration.seconds(24)
    /// Enough to go through ten workloads at once, few enough that AWS throttles nobody.
    static let width = 48

    /// The checks, in the order of the examinations.
    func run(_ examinations: [Examination]) async -> [Check] {
        let end = clock.elapsed() + Self.overallLimit
        return await withTaskGroup(of: (Int, [Finding]).self) { group in
            var found: [Int: [Finding]] = [:]
            var waiting = examinations.enumerated().makeIterator()
            func startNext() {
                guard let (index, examination) = waiting.next() else { return }
                group.addTask { (index, await findings(of: examination, until: end)) }
            }
            for _ in 0..<Self.width { startNext() }
            while let (index, findings) = await group.next() {
                found[index] = findings
                startNext()
            }
            return examinations.enumerated().flatMap { index, examination in
                (found[index] ?? []).map { Check(examination.subject, $0) }
            }
        }
    }

    private func findings(of examination: Examination, until end: Duration) async -> [Finding] {
        let limit = min(Self.limit, end - clock.elapsed())
        if limit > .zero, let found = await within(limit, clock, examination.look) { return found }
        return [
            .fail(
                examination.name,
                limit > .zero
                    ? "no end after \(limit.text): given up. Look at what else is reported here, then try "
                        + "again"
                    : "not looked at, \(Self.overallLimit.text) were over: name one workload, drctl doctor "
                        + "WORKLOAD"
            )
        ]
    }
}
