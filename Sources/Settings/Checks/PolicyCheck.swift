import Failover

/// Holds a merged policy against itself, its workload and the controller, and fills in the defaults.
struct PolicyCheck {
    let workload: WorkloadDraft
    let pollInterval: Located<Duration>
    /// Seconds.
    let metricPeriod: Int
    let controllerRegion: Located<Region>?
    let findings: Findings

    var draft: PolicyDraft { workload.policy }
    private var hasReplicas: Bool { workload.databases.contains { $0.type == .rdsReplica } }

    /// Nil when a value without a default is missing or was refused. What is merely out of proportion is
    /// reported.
    func policy() -> Policy? {
        let witnesses = required(
            draft.witnesses, "witnesses", "two or more of \(listed(WitnessKind.allCases.map(\.rawValue)))")
        let quorum = required(draft.quorum, "quorum", "how many witnesses must say failed, 2 or more")
        let loss = required(
            draft.maximumDataLoss, "maximum_data_loss", "the most that may be lost, as time, such as 2m")
        let mode = draft.mode.located?.value ?? .observe
        if let witnesses {
            check(witnesses)
            checkVantages(witnesses)
        }
        if let quorum, let witnesses { Self.check(quorum, of: witnesses.value.count, findings) }
        if let loss { check(loss) }
        if mode == .automatic { checkAutomatic() }
        checkFence()
        checkWindows()
        checkStall()
        guard let witnesses, let quorum, let loss else { return nil }
        return Policy(
            mode: mode, witnesses: Set(witnesses.value), quorum: quorum.value,
            confirmationWindow: window.value,
            clearanceWindow: draft.clearanceWindow.located?.value ?? window.value,
            maximumDataLoss: loss.value,
            cooldown: draft.cooldown.located?.value ?? .hours(1), freshness: freshness.value,
            metricFreshness: metricFreshness.value, stallAfter: stallAfter.value,
            providerRecoveryLimit: draft.providerRecoveryLimit.located?.value ?? .minutes(5),
            timeouts: timeouts, maintenance: draft.maintenance.located?.value ?? [],
            recoveryTime: draft.recoveryTime.located?.value)
    }

    var window: Located<Duration> {
        draft.confirmationWindow.located ?? standing(.seconds(60), "confirmation_window")
    }

    var freshness: Located<Duration> {
        draft.freshness.located ?? standing(pollInterval.value * 3, "freshness")
    }

    var metricFreshness: Located<Duration> {
        draft.metricFreshness.located ?? standing(.minutes(5), "metric_freshness")
    }

    /// Aurora's lag is below a second in health, that of an idle RDS for PostgreSQL climbs to 300 s by
    /// itself.
    private var stallAfter: Located<Duration> {
        draft.stallAfter.located ?? standing(hasReplicas ? .seconds(330) : .seconds(60), "stall_after")
    }

    /// A promotion waits for the fence of one of the databases.
    private var requiresFence: Bool { workload.databases.contains { $0.fencing?.value.required ?? false } }

    private func checkFence() {
        guard requiresFence, let fence = draft.timeouts[.fence]?.located,
            fence.value < Policy.Timeouts.provenFence
        else { return }
        findings.warn(
            fence,
            "is \(fence.value.written), but fencing is required, and a restart alone may take two minutes: "
                + "the plan would stop and wait for a person; use \(Policy.Timeouts.provenFence.written)")
    }

    private var timeouts: Policy.Timeouts {
        let defaults = Policy.Timeouts()
        func value(_ key: TimeoutKey) -> Duration? { draft.timeouts[key]?.located?.value }
        return Policy.Timeouts(
            recheck: value(.recheck) ?? defaults.recheck,
            fence: value(.fence) ?? (requiresFence ? Policy.Timeouts.provenFence : defaults.fence),
            promotion: value(.promotion) ?? defaults.promotion, traffic: value(.traffic) ?? defaults.traffic,
            confirmation: value(.confirmation) ?? defaults.confirmation,
            capacity: value(.capacity) ?? defaults.capacity)
    }

    /// The replica's view and ours are one path when both stand in one Region: the cut of 2018 at GitHub.
    private func checkVantages(_ witnesses: Located<[WitnessKind]>) {
        guard let controllerRegion, let standby = workload.standbyRegion,
            controllerRegion.value == standby.value,
            !witnesses.value.contains(.route53)
        else { return }
        findings.warn(
            witnesses,
            "leaves route53 out while the controller stands in the standby Region "
                + "(\(standby.value)): a cut between it and the primary Region looks like its death; "
                + "add route53, or run the controller in a third Region")
    }

    private func check(_ witnesses: Located<[WitnessKind]>) {
        let kinds = Set(witnesses.value)
        if kinds.count < 2 {
            findings.refuse(
                witnesses,
                "has \(kinds.count) of the kinds; use at least 2, as no single one may start a failover")
        }
        if !kinds.contains(where: \.standsOutside) {
            let outside = listed(WitnessKind.allCases.filter(\.standsOutside).map(\.rawValue))
            findings.refuse(
                witnesses,
                "needs \(outside): with neither, a cut between the controller and the Region "
                    + "looks like its death")
        }
        guard kinds.contains(.route53) else { return }
        if let region = workload.primaryRegion, region.value == Region.route53Home {
            findings.refuse(
                witnesses,
                "has route53, but the metrics of Route 53's health checks live in \(region.value) and die "
                    + "with it, and that is the primary Region of \(workload.id.path); use replication there")
        }
        for database in workload.databases where database.healthCheck.isAbsent {
            let id = database.id
            findings.refuse(
                id.position, joined(id.path, "health_check"),
                "is missing; the route53 witness needs the id of the health check on the primary's endpoint")
        }
    }

    static func check(_ quorum: Located<Int>, of count: Int, _ findings: Findings) {
        // With fewer than two witnesses no quorum is right, and that has been said.
        guard count >= 2, !(2...count).contains(quorum.value) else { return }
        let reason =
            quorum.value < 2
            ? "one witness alone must not start a failover" : "only \(count) witnesses are configured"
        findings.refuse(
            quorum, "is \(quorum.value), but \(reason); use " + (count == 2 ? "2" : "2 to \(count)"))
    }

    private func check(_ loss: Located<Duration>) {
        if loss.value == .zero {
            findings.warn(
                loss, "is 0s: only a replica that has applied everything passes without a person's word")
        } else if loss.value < .seconds(metricPeriod) {
            findings.warn(
                loss,
                "is \(loss.value.written), less than aws.metric_period "
                    + "(\(Duration.seconds(metricPeriod).written)): a sample's age counts as loss, "
                    + "so most failovers will wait for a person's word")
        }
    }

    /// Nobody may learn of an automatic failover from its results.
    private func checkAutomatic() {
        guard let mode = draft.mode.located else { return }
        if workload.topics.isEmpty, workload.knowsTopics {
            findings.refuse(
                mode,
                "is automatic, but \(workload.id.path) has no notification topic; "
                    + "add one in the standby Region")
        }
        for database in workload.databases where database.fencing?.value.method == Fencing.Method.none {
            guard let fencing = database.fencing else { continue }
            findings.warn(
                fencing, "method none with mode automatic: nothing keeps the old writer from writing")
        }
    }

    private func required<Value>(
        _ setting: Setting<Value>, _ key: String, _ purpose: String
    ) -> Located<Value>? {
        if setting.isAbsent {
            let missing = standing((), key)
            findings.refuse(missing, "is missing, here and in defaults.policy; \(purpose)")
        }
        return setting.located
    }

    private func standing<Value>(_ value: Value, _ key: String) -> Located<Value> {
        Located(value: value, position: workload.id.position, path: "\(workload.id.path).policy.\(key)")
    }
}

extension Region {
    /// Of Route 53's control plane and of its health checks' metrics, in the commercial partition.
    static let route53Home: Region = "us-east-1"
}
