import AWS
import Failover
import Settings

/// A controller counts by AWS's clock where its host's is wrong: samples carry AWS's time, and so does what
/// other hosts have put on record. It is asked once, at the start.
enum AgreedClock {
    /// NTP keeps a host closer than that, and what AWS says has whole seconds.
    static let tolerance = Duration.seconds(2)
    /// For all Regions together: a start in an outage must not wait for the Region that is gone.
    static let patience = Duration.seconds(2)

    /// `warn` is told when this host's clock is wrong.
    static func assembly(
        _ configuration: Configuration, warn: (String) -> Void
    ) async throws -> Assembly {
        let assembly = try Assembly(configuration)
        let ahead = correction(await differences(assembly.aws, configuration.regions))
        guard ahead != .zero else { return assembly }
        await assembly.transport.shutdown()
        let relation = ahead > .zero ? "behind" : "ahead of"
        let size = ahead > .zero ? ahead : .zero - ahead
        warn(
            "this host's clock is \(size.text) \(relation) AWS's: AWS's counts. Set this host's clock (NTP)")
        return try Assembly(configuration, clock: MachineClock(ahead: ahead))
    }

    /// The smallest difference counts, so that one wrong answer moves nothing. Of a whole second its middle.
    static func correction(_ differences: [Duration]) -> Duration {
        let middle = Duration.milliseconds(500)
        let sizes = differences.map { (difference: $0, size: $0 < .zero ? .zero - $0 : $0) }
        guard let least = sizes.min(by: { $0.size < $1.size }), least.size >= tolerance else { return .zero }
        return least.difference + middle
    }

    /// How far AWS's clock is ahead in each Region that answers.
    private static func differences(_ aws: AWSClient, _ regions: [Region]) async -> [Duration] {
        await withTaskGroup(of: Duration?.self) { group in
            for region in regions {
                group.addTask {
                    try? await aws.clockOffset(region: region.rawValue, timeout: patience)
                }
            }
            return await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
    }
}
