import Failover

/// drctl's own row is written on the writer by record and nowhere else. An old primary that returns may still
/// take writes; not even a row of ours may make it differ any more from what was promoted.
extension Sequence<Workload> {
    /// Those that have moved are asked, and not written to.
    func sparing(_ moved: Set<WorkloadID>) -> [Workload] {
        map { workload in
            guard moved.contains(workload.id) else { return workload }
            var spared = workload
            for index in spared.databases.indices { spared.databases[index].sql?.canary = false }
            return spared
        }
    }
}
