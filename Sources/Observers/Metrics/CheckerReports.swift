import AWS
import Failover

/// What Route 53's checkers say one by one, summed up as Route 53 itself does it.
struct CheckerReports: Sendable {
    struct Report: Sendable, Equatable {
        var succeeded: Bool
        var checkedAt: Timestamp
    }

    var reports: [Report]

    init(reports: [Report]) {
        self.reports = reports
    }

    /// Leaves out what says neither success nor failure, or not when.
    init(_ output: GetHealthCheckStatus.Output) {
        reports = output.healthCheckObservations.compactMap { observation in
            guard let report = observation.statusReport, let succeeded = report.isSuccess,
                let time = report.checkedTime
            else { return nil }
            return Report(succeeded: succeeded, checkedAt: Timestamp(time))
        }
    }

    /// Route 53 calls an endpoint healthy while more than 18 % of the checkers do (Route 53 developer guide).
    static let healthyShare = 0.18
    /// A checker looks every 10 or 30 s; one that has been silent for four times that has left.
    static let maxAge = Duration.seconds(120)

    /// Nil without any report.
    var sample: HealthSample? {
        guard let newest = reports.map(\.checkedAt).max() else { return nil }
        let current = reports.filter { newest - $0.checkedAt <= Self.maxAge }
        let successes = current.filter(\.succeeded)
        guard Double(successes.count) / Double(current.count) > Self.healthyShare else {
            return HealthSample(healthy: false, sampledAt: newest)
        }
        // Proof of life is as old as the newest success, however new the failures beside it.
        return HealthSample(healthy: true, sampledAt: successes.map(\.checkedAt).max() ?? newest)
    }
}
