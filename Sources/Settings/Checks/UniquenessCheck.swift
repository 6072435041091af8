import Failover

/// One thing in AWS belongs to one place in the file: two owners would promote, fence or move it against each
/// other.
struct UniquenessCheck {
    let workloads: [WorkloadDraft]
    let findings: Findings

    private struct Resource: Hashable {
        var isCluster: Bool
        var region: Region
        var identifier: String
    }

    private struct Record: Hashable {
        var zone: String
        var name: String
        var setIdentifier: String?
    }

    private struct Metric: Hashable {
        var region: Region
        var namespace: String
        var metric: String
        var dimensions: [String: String]
    }

    private var databases: [DatabaseDraft] { workloads.flatMap(\.databases) }

    func run() {
        findings.refuseDuplicates(resources, as: { $0 }) { "is in use already, by \($0)" }
        findings.refuseDuplicates(databases.compactMap(\.globalCluster), as: { $0 }) {
            "is in use already, by \($0)"
        }
        findings.refuseDuplicates(healthChecks, as: { $0.lowercased() }) {
            "is the health check of \($0) too; each primary endpoint needs its own"
        }
        findings.refuseDuplicates(records, as: { $0 }) { "is the same record as \($0)" }
        checkSwitches()
    }

    private var healthChecks: [Located<String>] { databases.compactMap(\.healthCheck.located) }

    private var resources: [Located<Resource>] {
        workloads.flatMap { workload in
            workload.databases.flatMap { database in
                let sides = [
                    (database.primary, workload.primaryRegion), (database.standby, workload.standbyRegion),
                ]
                return sides.compactMap { site, region -> Located<Resource>? in
                    guard let type = database.type, let identifier = site?.identifier, let region else {
                        return nil
                    }
                    return identifier.map {
                        Resource(isCluster: type == .auroraGlobal, region: region.value, identifier: $0)
                    }
                }
            }
        }
    }

    private var records: [Located<Record>] {
        workloads.flatMap(\.levers).compactMap { lever in
            guard let zone = lever.zone, let name = lever.name else { return nil }
            return name.map { Record(zone: zone.value, name: $0, setIdentifier: lever.setIdentifier?.value) }
        }
    }

    /// A workload may move several records by one switch; two workloads may not share one.
    private func checkSwitches() {
        let watching = Dictionary(healthChecks.map { ($0.value.lowercased(), $0) }) { first, _ in first }
        var owners: [String: WorkloadDraft] = [:]
        var metrics: [Metric: WorkloadDraft] = [:]
        for workload in workloads {
            for lever in workload.levers where lever.place.value == .healthCheck {
                guard let check = lever.healthCheck else { continue }
                if let watched = watching[check.value.lowercased()] {
                    findings.refuse(
                        check,
                        "is the one that watches a primary, \(watched.path) (line "
                            + "\(watched.position.line)); the "
                            + "lever needs its own, on an alarm in the standby Region")
                }
                if let owner = owners[check.value.lowercased()], owner.id.value != workload.id.value {
                    findings.refuse(
                        check, "is a lever of \(owner.id.path) too; moving one would move the other")
                }
                owners[check.value.lowercased()] = owners[check.value.lowercased()] ?? workload
                guard let region = workload.standbyRegion?.value else { continue }
                let metric = Metric(
                    region: region, namespace: lever.namespace, metric: lever.metric,
                    dimensions: lever.dimensions)
                if let owner = metrics[metric], owner.id.value != workload.id.value {
                    findings.refuse(
                        lever.place,
                        "has the metric and dimensions of a lever of \(owner.id.path); moving one would "
                            + "move the other")
                }
                metrics[metric] = metrics[metric] ?? workload
            }
        }
    }
}
