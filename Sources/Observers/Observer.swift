import Failover

/// Turns one outside fact into observations. It never fails: what could not be learnt is an observation too,
/// whose reading says why.
public protocol Observer: Sendable {
    /// For logs and metrics: `rds`, `probe`.
    var name: String { get }
    var context: ObserverContext { get }
    /// One round over all the workloads, as errands that do not wait for each other. Workloads in `closer`
    /// are suspected: where a closer look is costly, they alone get it.
    func errands(about workloads: [Workload], closer: Set<WorkloadID>) -> [Errand]
}

extension Observer {
    /// One round, all of it at once.
    public func observe(_ workloads: [Workload], closer: Set<WorkloadID> = []) async -> [Observation] {
        await Watch(observers: [self], context: context).round(workloads, closer: closer)
    }
}
