import Failover

/// The replication lag of the last hour, in memory alone: after a restart it begins anew.
struct LagHistory: Sendable {
    static let span = Duration.seconds(3600)
    /// One point each: a screen shows no more, and 240 of them are 4 KiB.
    static let step = Duration.seconds(15)
    /// Series in all, so that memory is bounded whatever is configured: 4 MiB.
    static let limit = 1000

    struct Series: Hashable, Sendable {
        var workload: WorkloadID
        var database: DatabaseID
    }

    struct Point: Sendable, Equatable {
        var at: Timestamp
        /// The highest within the step.
        var seconds: Double
    }

    private var points: [Series: [Point]] = [:]

    mutating func take(_ views: [WorkloadView], now: Timestamp) {
        for view in views {
            for database in view.assessment?.databases ?? [] {
                guard let lag = database.lag, lag.lagSeconds.isFinite else { continue }
                take(lag.lagSeconds, Series(workload: view.id, database: database.database), now)
            }
        }
    }

    private mutating func take(_ seconds: Double, _ series: Series, _ now: Timestamp) {
        guard points[series] != nil || points.count < Self.limit else { return }
        var known = points[series] ?? []
        let step = Self.step.milliseconds
        let at = Timestamp(milliseconds: now.milliseconds / step * step)
        if let last = known.last, last.at >= at {
            known[known.count - 1].seconds = max(last.seconds, seconds)
        } else {
            known.append(Point(at: at, seconds: seconds))
        }
        known.removeAll { now - $0.at > Self.span }
        points[series] = known
    }

    func lately(_ series: Series) -> [Point] { points[series] ?? [] }
}
