import Failover

/// Holds a workload's Regions, endpoints and topics against each other and against the controller.
struct WorkloadCheck {
    let workload: WorkloadDraft
    let controllerRegion: Located<Region>?
    let leaseRegion: Located<Region>?
    let findings: Findings

    func run() {
        checkRegions()
        for database in workload.databases {
            check(database, database.primary, in: workload.primaryRegion)
            check(database, database.standby, in: workload.standbyRegion)
            if let primary = database.primary?.endpoint, let standby = database.standby?.endpoint,
                primary.value == standby.value
            {
                findings.refuse(standby, "is the primary's endpoint too; write the replica's own")
            }
        }
        checkTopics()
        CapacityCheck(workload: workload, findings: findings).run()
        checkSize()
    }

    /// Said here, since otherwise no plan can be made, which would be found out in the outage.
    private func checkSize() {
        let (databases, levers) = (workload.databases.count, workload.levers.count)
        let steps = PlanLint.mostSteps(databases: databases, levers: levers)
        guard steps > PlanLint.maximumSteps else { return }
        findings.refuse(
            workload.id,
            "has \(databases) databases and \(levers) entries of traffic, which is a failover of \(steps) "
                + "steps, and \(PlanLint.maximumSteps) is the most; make two workloads of it")
    }

    private func checkRegions() {
        guard let primary = workload.primaryRegion else { return }
        let standby = workload.standbyRegion
        if let controllerRegion, controllerRegion.value == primary.value {
            let better =
                standby.map { $0.value == primary.value ? "another" : $0.value.rawValue } ?? "another"
            findings.refuse(
                controllerRegion,
                "is \(primary.value), which \(workload.id.path) must be evacuated from, so the controller "
                    + "would die with it; run it in \(better) or in a third Region")
        }
        if let leaseRegion, leaseRegion.value == primary.value {
            findings.refuse(
                leaseRegion,
                "is \(primary.value), which \(workload.id.path) must be evacuated from: nobody could lead "
                    + "without it; put the table into another Region")
        }
        guard let standby else { return }
        if primary.value == standby.value {
            findings.refuse(standby, "is \(standby.value), the primary Region; choose the replica's Region")
        }
        let partitions = (Shapes.partition(of: primary.value), Shapes.partition(of: standby.value))
        if partitions.0 != partitions.1 {
            findings.refuse(
                standby,
                "is in partition \(partitions.1), the primary Region in \(partitions.0); "
                    + "replication does not cross")
        }
    }

    /// RDS's own host names tell their Region, and a wrong one is the likeliest slip in a copied block.
    private func check(_ database: DatabaseDraft, _ site: SiteDraft?, in region: Located<Region>?) {
        guard let endpoint = site?.endpoint else { return }
        let labels = endpoint.value.host.split(separator: ".").map(String.init)
        // identifier . hash . Region . rds . amazonaws . com
        guard let rds = labels.firstIndex(of: "rds"), rds >= 3, labels.dropFirst(rds + 1).first == "amazonaws"
        else { return }
        let (kind, named) = (labels[1], labels[rds - 1])
        if named == "global" {
            findings.refuse(endpoint, "is the global writer endpoint, which moves; write this cluster's own")
        } else if let region, named != region.value.rawValue {
            findings.refuse(endpoint, "is in \(named), but this side's Region is \(region.value)")
        } else if kind.hasPrefix("cluster-ro-") || kind.hasPrefix("cluster-custom-") {
            findings.refuse(
                endpoint, "is not a writer endpoint; write the one that begins with <cluster>.cluster-")
        } else if database.type == .auroraGlobal, !kind.hasPrefix("cluster-") {
            findings.refuse(endpoint, "is an instance's endpoint; write the cluster's, <cluster>.cluster-…")
        } else if let identifier = site?.identifier, labels[0] != identifier.value {
            findings.warn(
                endpoint, "names \(shown(labels[0])), but the identifier is \(shown(identifier.value))")
        }
    }

    private func checkTopics() {
        let topics = workload.topics
        findings.refuseDuplicates(topics)
        if topics.isEmpty, workload.knowsTopics {
            findings.warn(workload.id, "has no notification topic: nobody is told")
        }
        guard let primary = workload.primaryRegion?.value else { return }
        for topic in topics where Shapes.partition(of: topic.value.region) != Shapes.partition(of: primary) {
            findings.refuse(
                topic, "is in another partition than \(primary), so the same credentials do not reach it")
        }
        if let first = topics.first, workload.knowsTopics, topics.allSatisfy({ $0.value.region == primary }) {
            findings.refuse(
                first,
                "is in the primary Region, as all topics of the workload are, and would be silent with "
                    + "it; add one in \(workload.standbyRegion?.value.rawValue ?? "the standby Region")")
        }
    }
}
