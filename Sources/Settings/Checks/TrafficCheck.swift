import Failover

/// Holds a workload's traffic levers against its databases.
struct TrafficCheck {
    let workload: WorkloadDraft
    let findings: Findings

    func run() {
        let known = workload.databases.map(\.id.value.rawValue)
        for lever in workload.levers {
            if let database = lever.database, !known.contains(database.value.rawValue) {
                let meant = nearest(to: database.value.rawValue, in: known).map { "did you mean \($0)?" }
                findings.refuse(
                    database,
                    "is \(shown(database.value.rawValue)), no database of this workload; "
                        + (meant ?? "use \(listed(known))"))
            }
            if lever.place.value == .record, workload.primaryRegion?.value == Region.route53Home {
                findings.warn(
                    lever.place,
                    "changes a record through Route 53's control plane, which lives in "
                        + "\(Region.route53Home), the "
                        + "primary Region; lever \(LeverType.healthCheck.rawValue) works without it")
            }
        }
        let moved = Set(workload.levers.compactMap(\.database?.value))
        for database in workload.databases where !moved.contains(database.id.value) {
            findings.warn(
                database.id, "has no traffic lever: its clients will not follow the writer by themselves")
        }
    }
}
