import Failover
import Settings

/// Everything that a failover of this workload needs, and where that lives: what is gone with the primary's
/// Region must not be among it. `DependencyCheck` judges; this is the list to judge by.
struct NeedsCheck {
    var workload: Workload
    var configuration: Configuration

    struct Need: Equatable {
        var what: String
        /// Nil for what lives in no one Region.
        var region: Region?
        /// What becomes of it without.
        var without: String
    }

    var findings: [Finding] {
        let primary = workload.primaryRegion
        let (gone, staying) = needs.reduce(into: ([Need](), [Need]())) { lists, need in
            if need.region == primary { lists.0.append(need) } else { lists.1.append(need) }
        }
        let stays = staying.map { need in
            need.what + (need.region.map { " (\($0))" } ?? "")
        }
        let goes = gone.map { "\($0.what) (\($0.without))" }
        return [
            .ok("needs", "a failover needs, outside \(primary): \(stays.joined(separator: "; "))"),
            .ok(
                "needs",
                goes.isEmpty
                    ? "nothing that it needs is gone with \(primary)"
                    : "gone with \(primary): \(goes.joined(separator: "; "))"),
        ]
    }

    /// In the order in which a failover comes to need them.
    var needs: [Need] { decisions + promotion + capacity + traffic + people }

    private var home: Region { Route53.region(for: workload.primaryRegion) }
    private var standby: Region { workload.standbyRegion }

    private var decisions: [Need] {
        let controller = configuration.controller
        var needs = [
            Need(what: "this host", region: controller.region, without: "nobody decides"),
            controller.lease.map { lease in
                Need(
                    what: "table \(lease.table), lease and journal", region: lease.region,
                    without: "no host may lead")
            }
                ?? Need(
                    what: "the journal on this host's disk", region: controller.region,
                    without: "nobody decides"),
            Need(
                what: "the host's credentials, renewed by STS of any of the Regions", region: nil, without: ""
            ),
            Need(
                what: "CloudWatch: replication lag of the standby", region: standby,
                without: "the lag is unknown, which blocks"),
        ]
        if workload.policy.witnesses.contains(.route53) {
            needs.append(
                Need(
                    what: "CloudWatch: metrics of Route 53's health checks", region: home,
                    without: "one witness is silent"))
        }
        for resolver in controller.resolvers {
            needs.append(Need(what: "name server \(resolver)", region: nil, without: ""))
        }
        return needs
    }

    private var promotion: [Need] {
        var needs = [
            Need(what: "RDS's control plane: the promotion", region: standby, without: "nothing is promoted")
        ]
        for database in workload.databases {
            needs.append(
                Need(
                    what: "\(database.standby.endpoint)", region: database.standby.region,
                    without: "no writer"))
            guard database.fencing.method != .none else { continue }
            needs.append(
                Need(
                    what: "RDS and EC2: the fence of \(database.primary.identifier)",
                    region: database.primary.region,
                    without: database.fencing.required
                        ? "the failover STOPS, as configured: fencing.required"
                        : "owed, and made when it returns"))
        }
        return needs
    }

    private var capacity: [Need] {
        workload.standbyCapacity.map {
            Need(
                what: "the growth of \($0.label)", region: $0.region,
                without: "clients are led to what runs there")
        }
    }

    private var traffic: [Need] {
        workload.traffic.map { lever in
            switch lever {
            case .route53Record(let lever):
                Need(
                    what: "Route 53's control plane: \(lever.name)", region: home,
                    without: "clients do not follow")
            case .route53HealthCheck(let lever):
                Need(
                    what: "CloudWatch: the metric that moves \(lever.name)", region: lever.region,
                    without: "clients do not follow")
            }
        } + [Need(what: "Route 53's answers, everywhere", region: nil, without: "")]
    }

    private var people: [Need] {
        workload.topics.map { Need(what: "SNS topic", region: $0.region, without: "the others tell") }
            + (configuration.notifications?.notifiers ?? []).map {
                Need(what: "notifier \($0.name), where its address leads", region: nil, without: "")
            }
    }
}
