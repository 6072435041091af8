import Failover
import Settings

extension Configuration {
    /// Every Region that is asked for anything, the host's first.
    var regions: [Region] {
        var regions = [controller.region]
        for workload in workloads {
            regions += workload.databases.flatMap { [$0.primary.region, $0.standby.region] }
            regions += workload.topics.map(\.region)
        }
        var seen: Set<Region> = []
        return regions.filter { seen.insert($0).inserted }
    }
}
