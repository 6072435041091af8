import Failover

extension Input {
    /// What came of a directive. It comes once.
    var isResult: Bool {
        switch self {
        case .stepFinished, .fenceFinished, .noticeFinished: true
        case .started, .observed, .tick, .request, .nudged, .lease: false
        }
    }
}

extension Directive {
    /// Does again what is on record as done.
    var repeatsAnEffect: Bool {
        switch self {
        case .assertLever: true
        case .perform, .settleFence, .deliver: false
        }
    }
}
