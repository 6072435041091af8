import AWS
import Failover
import Observers
import Settings

/// What of the estimate comes close to a limit of AWS's, or of our own.
struct RateRemark: Encodable {
    var service: String
    var region: String
    var callsPerSecond: Double
    var limit: Double
    /// Where the limit comes from, and what to do.
    var remark: String

    /// All that there is to say, most often nothing.
    static func all(about estimate: CostEstimate) -> [RateRemark] {
        estimate.rates.compactMap { place, rate in
            // Suspects are looked at twice as often, and all may be suspects at once.
            guard let known = limit(of: place.service), rate * 3 > known.limit else { return nil }
            return RateRemark(
                service: place.service, region: place.region, callsPerSecond: rate, limit: known.limit,
                remark: "with every workload suspected it is \((rate * 3).plain) a second; \(known.source). "
                    + "A longer controller.poll_interval asks less")
        }
    }

    private static func limit(of service: String) -> (limit: Double, source: String)? {
        switch service {
        case Service.route53.id: (10, "Route 53 allows 10 a second for the whole account")
        // 500 queries of ten samples each.
        case Service.cloudWatch.id: (36, "CloudWatch allows 180,000 samples a second, 36 full calls")
        case Service.rds.id: (30, "RDS publishes no limit, and this one is our own")
        default: nil
        }
    }
}
