import Failover

/// Holds what is to grow against the workload's Regions.
struct CapacityCheck {
    let workload: WorkloadDraft
    let findings: Findings

    func run() {
        let known = workload.capacities.compactMap(\.capacity)
        findings.refuseDuplicates(known, as: { [AnyHashable($0.region), AnyHashable($0.resource)] }) {
            "is \($0) once more; remove one of them"
        }
        guard let primary = workload.primaryRegion?.value, let standby = workload.standbyRegion?.value else {
            return
        }
        let regions = workload.capacities.compactMap(\.region)
        for region in regions where region.value != primary && region.value != standby {
            findings.refuse(
                region,
                "is \(region.value), which is neither the primary Region (\(primary)) nor the standby Region "
                    + "(\(standby)) of the workload")
        }
        guard let first = known.first, known.count == workload.capacities.count,
            regions.allSatisfy({ $0.value == primary })
        else { return }
        findings.warn(
            first,
            "is in the primary Region, as all of capacity is: nothing grows in \(standby), where "
                + "clients are led; name what serves them there")
    }
}
