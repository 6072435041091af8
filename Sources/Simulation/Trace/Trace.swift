import Failover

/// Everything that happened in a run, in order. Whoever makes something happen notes it here, once.
///
/// `@unchecked Sendable`: it lives on the run's one thread.
final class Trace: @unchecked Sendable {
    private let time: VirtualTime
    private(set) var happenings: [Happening] = []
    /// Hears of each happening right after it was noted: the oracle.
    var listener: ((Happening) -> Void)?

    init(_ time: VirtualTime) { self.time = time }

    var now: Timestamp { time.now }

    /// Called before an effect is noted: what was only counted until then came first.
    var beforeEffect: (() -> Void)?

    func note(_ kind: Happening.Kind) {
        if case .effect = kind { beforeEffect?() }
        let happening = Happening(at: time.now, kind: kind)
        if kind.isKept { happenings.append(happening) }
        listener?(happening)
    }
}

extension Happening.Kind {
    /// What a host hears and asks all day long would bury the rest of the log.
    fileprivate var isKept: Bool {
        switch self {
        case .observed, .called, .leaseAsked: false
        default: true
        }
    }
}
