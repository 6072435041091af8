import Failover

/// Everything that happened in a run, in order. Whoever makes something happen notes it here, once.
///
/// Lives on the run's one thread.
final class Trace {
    private let time: VirtualTime
    private(set) var happenings: [Happening] = []
    /// Hears of each happening right after it was noted: the oracle.
    var listener: ((Happening) -> Void)?

    init(_ time: VirtualTime) { self.time = time }

    func note(_ kind: Happening.Kind) {
        let happening = Happening(at: time.now, kind: kind)
        happenings.append(happening)
        listener?(happening)
    }
}
