import Failover

/// What a workload needs while its primary Region is gone must not live there.
///
/// Route 53's control plane and the metrics of its health checks live in one Region of each partition,
/// us-east-1 in
/// the commercial one; its answers, its checkers and the way from a check to an answer are everywhere.
struct DependencyCheck {
    var workload: Workload
    var controllerRegion: Region

    var findings: [Finding] {
        [controller] + records + witness + healthCheckLevers
    }

    private var home: Region { Route53.region(for: workload.primaryRegion) }
    private var primaryIsHome: Bool { workload.primaryRegion == home }

    private var controller: Finding {
        let name = "controller"
        guard controllerRegion != workload.primaryRegion else {
            return .fail(
                name,
                "this host is in \(controllerRegion), which the workload is to be evacuated from: run drctl "
                    + "in \(workload.standbyRegion) or in a third Region")
        }
        return .ok(
            name, "this host is in \(controllerRegion), outside the primary Region \(workload.primaryRegion)")
    }

    private var records: [Finding] {
        guard workload.traffic.contains(where: { if case .route53Record = $0 { true } else { false } }) else {
            return []
        }
        let name = "lever \(home)"
        if primaryIsHome {
            return [
                .fail(
                    name,
                    "lever route53-record changes a record through Route 53's control plane, which lives in "
                        + "\(home), the primary Region: it cannot be relied upon when that fails. Use lever "
                        + "route53-health-check, whose metric is in \(workload.standbyRegion)")
            ]
        }
        return [
            .ok(
                name,
                "lever route53-record needs Route 53's control plane in \(home): no traffic moves while that "
                    + "is down. Lever route53-health-check would not need it")
        ]
    }

    private var healthCheckLevers: [Finding] {
        guard primaryIsHome,
            workload.traffic.contains(where: { if case .route53HealthCheck = $0 { true } else { false } })
        else { return [] }
        return [
            .ok(
                "lever \(home)",
                "lever route53-health-check moves the traffic from \(workload.standbyRegion), without Route "
                    + "53's control plane, which lives in the primary Region")
        ]
    }

    private var witness: [Finding] {
        let name = "witness \(home)"
        let policy = workload.policy
        guard policy.witnesses.contains(.route53) else {
            return primaryIsHome
                ? [
                    .ok(
                        name,
                        "no route53 among the witnesses: its metrics live in \(home), the primary Region")
                ] : []
        }
        if primaryIsHome {
            return [
                .fail(
                    name,
                    "witness route53 reads metrics that live in \(home), the primary Region, and that are "
                        + "gone when it fails. Use control-plane, replication and probe")
            ]
        }
        guard policy.witnesses.count - 1 < policy.quorum else {
            return [
                .ok(
                    name,
                    "witness route53 is read in \(home); without it the other witnesses still make the quorum"
                )
            ]
        }
        return [
            .warn(
                name,
                "the quorum of \(policy.quorum) needs witness route53, which is read in \(home): nothing "
                    + "fails over by itself while \(home) is down. "
                    + (policy.quorum > 2
                        ? "Lower quorum to \(policy.quorum - 1), or add a witness" : "Add a witness"))
        ]
    }
}
