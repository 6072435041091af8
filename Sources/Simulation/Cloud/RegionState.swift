/// What of a Region works. The parts fail apart from each other.
struct RegionState: Equatable {
    /// Instances, their network, and the way into and out of the Region.
    var hasData = true
    var control = Control.up
    /// Whether CloudWatch takes and publishes samples.
    var hasMetrics = true
    /// By how much longer than usual they are on their way.
    var metricsDelay = Duration.zero

    /// The APIs that change and describe resources.
    enum Control: Equatable {
        case up
        /// Connections are taken, and no answer comes.
        case silent
        /// Every call is answered with a server error.
        case failing
    }

    init() {}

    init(_ troubles: [RegionTrouble]) {
        for trouble in troubles {
            switch trouble {
            case .noData: hasData = false
            // Silence hides errors.
            case .control(let how): if control != .silent { control = how }
            case .noMetrics: hasMetrics = false
            case .lateMetrics(let span): metricsDelay = max(metricsDelay, span)
            }
        }
    }

    /// Whether the provider can work on a resource there.
    var canWork: Bool { hasData && control == .up }
}

/// One thing that is wrong with a Region. Several may be at once, also the same one twice.
enum RegionTrouble: Equatable, Sendable {
    case noData
    case control(RegionState.Control)
    case noMetrics
    case lateMetrics(by: Duration)
}
