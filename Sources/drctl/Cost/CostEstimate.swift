import AWS
import Failover
import Foundation
import Observers
import Settings

/// What a configuration costs while all is well. The calls are the observers' own account of a round, so that
/// the estimate cannot part from what they do.
struct CostEstimate {
    let configuration: Configuration

    private var interval: Double { configuration.controller.pollInterval.inSeconds }
    private var month: Double { CallBudget.secondsPerMonth }

    /// One round over all workloads, by operation.
    var round: [Expense] {
        let context = ObserverContext(
            aws: .unused, now: { Timestamp(milliseconds: 0) }, sleep: { _ in },
            metricPeriodSeconds: configuration.aws.metricPeriod, resolver: Resolver())
        return Watch(context: context).expenses(of: configuration.workloads)
    }

    var items: [CostItem] { observing + lease + rented }

    var dollarsForMetrics: Double {
        observing.reduce(0) { $0 + $1.dollarsPerMonth }
    }

    /// Calls a second while all is well, by API and Region.
    var rates: [(place: Expense.Place, callsPerSecond: Double)] {
        var calls: [Expense.Place: Int] = [:]
        for expense in round { calls[expense.place, default: 0] += expense.calls }
        return calls.sorted { $0.key < $1.key }.map { ($0.key, Double($0.value) / interval) }
    }

    private struct Key: Hashable, Comparable {
        var place: Expense.Place
        var operation: String

        static func < (left: Key, right: Key) -> Bool {
            (left.place, left.operation) < (right.place, right.operation)
        }
    }

    private var observing: [CostItem] {
        var totals: [Key: (calls: Int, metrics: Int)] = [:]
        for expense in round {
            let key = Key(place: expense.place, operation: expense.operation)
            totals[key, default: (0, 0)].calls += expense.calls
            totals[key, default: (0, 0)].metrics += expense.metrics
        }
        return totals.sorted { $0.key < $1.key }.map { key, total in
            let isPaid = total.metrics > 0
            let count = isPaid ? total.metrics : total.calls
            let rounds = month / interval
            return CostItem(
                key.place.service, key.place.region, key.operation, calls: Double(total.calls) * rounds,
                units: Double(count) * rounds, price: isPaid ? .metric : .free,
                formula: "\(count) \(isPaid ? "metrics" : "calls") a round x \(Int(month)) s / "
                    + "\(interval.plain) s")
        }
    }

    /// Every host reads or renews once in a third of the ttl.
    private var lease: [CostItem] {
        guard let lease = configuration.controller.lease else { return [] }
        let every = lease.ttl.inSeconds / 3
        let times = month / every
        let formula = "\(Int(month)) s / (ttl \(lease.ttl.inSeconds.plain) s / 3)"
        return [
            CostItem(
                Service.dynamoDB.id, lease.region.rawValue, UpdateItem.name, calls: times, units: times,
                price: .tableWrite, formula: "the host that leads: \(formula)"),
            CostItem(
                Service.dynamoDB.id, lease.region.rawValue, GetItem.name, calls: times, units: times,
                price: .tableRead, formula: "each host that waits: \(formula)"),
        ]
    }

    /// What drctl does not call, and needs.
    private var rented: [CostItem] {
        let checks = Set(configuration.workloads.flatMap(\.databases).compactMap(\.healthCheckID))
        let levers = configuration.workloads.flatMap(\.traffic).compactMap { lever in
            if case .route53HealthCheck(let lever) = lever { lever } else { nil }
        }
        let all = checks.union(levers.map(\.healthCheckID))
        var items: [CostItem] = []
        if !all.isEmpty {
            items.append(
                CostItem(
                    Service.route53.id, "global", "health checks", calls: nil, units: Double(all.count),
                    price: .healthCheck, formula: "\(all.count) named in the configuration"))
        }
        for (region, some) in Dictionary(grouping: levers, by: \.region).sorted(by: { $0.key < $1.key }) {
            items.append(
                CostItem(
                    Service.cloudWatch.id, region.rawValue, "alarms of levers", calls: nil,
                    units: Double(some.count), price: .alarm, formula: "1 a lever x \(some.count)"))
        }
        return items
    }
}

extension Double {
    /// Without decimals that say nothing.
    var plain: String {
        self == rounded() && magnitude < 1e15 ? String(Int(self)) : String(format: "%.3f", self)
    }
}

extension AWSClient {
    /// For what only counts calls and makes none.
    fileprivate static var unused: AWSClient {
        AWSClient(
            transport: NoTransport(),
            credentials: StaticCredentialsProvider(Credentials(accessKeyID: "", secretAccessKey: "")),
            endpoints: EndpointResolver(),
            surroundings: Surroundings(
                now: { WallTime(unixSeconds: 0) }, steady: { .zero }, sleep: { _ in }, random: { 0 },
                environment: [:], readFile: { _ in "" }))
    }
}
