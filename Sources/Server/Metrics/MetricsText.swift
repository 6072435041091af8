import Failover

/// Status and counters as metrics. Names and units by Prometheus's conventions.
struct MetricsText {
    let status: ServiceStatus
    let gauges: ServiceGauges

    init(status: ServiceStatus, gauges: ServiceGauges) {
        self.status = status
        self.gauges = gauges
    }

    init(_ measured: any Measured) async {
        self.init(status: await measured.status(), gauges: await measured.gauges())
    }

    var text: String {
        var page = Exposition()
        service(&page)
        workloads(&page)
        evidence(&page)
        failovers(&page)
        notifiers(&page)
        calls(&page)
        return page.text
    }

    /// Whether it watches: a round has ended lately, and decisions can be written down. Why not, else.
    var obstacle: String? {
        if let fault = status.journalFault { return "the journal takes no records: \(fault)" }
        guard let last = status.lastRoundAt else { return "no round has ended yet" }
        // A round may take as long as its slowest source; three of them and a bit are no hiccup.
        let limit = gauges.round * 3 + .seconds(30)
        return status.now - last > limit ? "the last round ended \((status.now - last).text) ago" : nil
    }

    // MARK: - Families

    private func service(_ page: inout Exposition) {
        page.family(
            "drctl_build_info", .gauge, "Version of the running drctl.",
            [([("version", status.version), ("region", status.region.rawValue)], 1)])
        page.gauge("drctl_start_time_seconds", "When the service started.", seconds(status.startedAt))
        page.gauge(
            "drctl_ready", "Whether it watches: rounds end and the journal takes records.",
            obstacle == nil ? 1 : 0)
        page.gauge(
            "drctl_journal_writable", "Whether the journal takes records.", status.journalFault == nil ? 1 : 0
        )
        page.gauge(
            "drctl_leader", "Whether this host may decide and act.",
            status.lease.map { $0.validUntil.map { $0 > status.now } ?? false } ?? true ? 1 : 0)
        page.gauge("drctl_lease_epoch", "Fencing epoch of the lease.", status.lease.map { Double($0.epoch) })
        page.gauge(
            "drctl_last_round_timestamp_seconds", "When the last round over all workloads ended.",
            status.lastRoundAt.map(seconds))
        page.gauge(
            "drctl_loop_age_seconds", "Since the decision loop last came round.",
            gauges.lastTurnAt.map { max(0, (status.now - $0).inSeconds) })
    }

    private func workloads(_ page: inout Exposition) {
        func each(_ name: String, _ help: String, _ value: (WorkloadView) -> Double?) {
            page.family(
                name, .gauge, help,
                status.workloads.compactMap { view in
                    value(view).map { ([("workload", view.id.rawValue)], $0) }
                })
        }
        page.family(
            "drctl_workload_phase", .gauge, "1 for the phase that the workload is in.",
            states(Phase.allCases, "phase") { $0.phase })
        page.family(
            "drctl_workload_verdict", .gauge, "1 for what the evidence amounts to.",
            states(Verdict.allCases, "verdict") { $0.assessment?.verdict })
        page.family(
            "drctl_workload_active_region_info", .gauge, "Where the writer is.",
            status.workloads.map { view in
                ([("workload", view.id.rawValue), ("region", view.activeRegion.rawValue)], 1)
            })
        each("drctl_workload_held", "Whether an operator holds it.") { $0.hold == nil ? 0 : 1 }
        each("drctl_workload_exposed", "Whether it runs without a standby.") {
            $0.exposedSince == nil ? 0 : 1
        }
        each("drctl_workload_exposed_since_timestamp_seconds", "Since when it runs without a standby.") {
            $0.exposedSince.map(seconds)
        }
        each("drctl_workload_fences_owed", "Old writers that are not fenced yet.") {
            Double($0.owedFences.count)
        }
        each("drctl_workload_notices_undelivered", "Notices that no topic has taken yet.") {
            Double($0.undeliveredNotices)
        }
        page.family(
            "drctl_gate_open", .gauge, "Whether a gate would let an automatic failover through.",
            status.workloads.flatMap { view in
                (view.assessment?.gates ?? []).map { gate in
                    ([("workload", view.id.rawValue), ("gate", gate.id.rawValue)], gate.open ? 1 : 0)
                }
            })
    }

    private func evidence(_ page: inout Exposition) {
        typealias Row = (view: WorkloadView, database: DatabaseAssessment)
        let rows: [Row] = status.workloads.flatMap { view in
            (view.assessment?.databases ?? []).map { (view, $0) }
        }
        func names(_ row: Row) -> [(String, String)] {
            [("workload", row.view.id.rawValue), ("database", row.database.database.rawValue)]
        }
        page.family(
            "drctl_replication_lag_seconds", .gauge, "Replication lag as sampled.",
            rows.compactMap { row in row.database.lag.map { (names(row), $0.lagSeconds) } })
        page.family(
            "drctl_predicted_loss_seconds", .gauge, "What a failover now would lose, as time.",
            rows.compactMap { row in row.database.lag.map { (names(row), $0.lossSeconds) } })
        let votes = rows.flatMap { row in row.database.votes.map { (names(row), $0) } }
        page.family(
            "drctl_observation_age_seconds", .gauge, "How old a witness's newest observation is.",
            votes.compactMap { names, vote in
                vote.observedAt.map {
                    (names + [("witness", vote.witness.rawValue)], max(0, (status.now - $0).inSeconds))
                }
            })
        page.family(
            "drctl_witness_opinion_info", .gauge, "What a witness says.",
            votes.map { names, vote in
                (names + [("witness", vote.witness.rawValue), ("opinion", vote.opinion.rawValue)], 1)
            })
    }

    private func failovers(_ page: inout Exposition) {
        func each(_ name: String, _ help: String, _ value: (WorkloadView) -> Double?) {
            page.family(
                name, .gauge, help,
                status.workloads.compactMap { view in
                    value(view).map { ([("workload", view.id.rawValue)], $0) }
                })
        }
        each("drctl_failovers", "Failovers of the workload so far.") { Double($0.epoch) }
        page.family(
            "drctl_plan_steps", .gauge, "Steps of the newest plan by state.",
            status.workloads.flatMap { view -> [Exposition.Sample] in
                guard let plan = view.plan else { return [] }
                let counts = Dictionary(grouping: plan.steps, by: \.state).mapValues(\.count)
                return counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { state, count in
                    ([("workload", view.id.rawValue), ("state", state.rawValue)], Double(count))
                }
            })
        each("drctl_last_failover_timestamp_seconds", "When the last failover was completed.") {
            $0.lastCompletedAt.map(seconds)
        }
        each("drctl_last_failover_rto_seconds", "From the decision to the last failover's completion.") {
            view in
            guard let plan = view.plan, plan.ending?.outcome == .completed, let end = view.lastCompletedAt
            else {
                return nil
            }
            return max(0, (end - plan.plan.createdAt).inSeconds)
        }
        each("drctl_last_failover_predicted_loss_seconds", "What the last failover may have lost, as time.") {
            view in
            guard let plan = view.plan?.plan else { return nil }
            // A ledger that is dealt with is closed; what it was made of stays with the plan.
            guard let ledger = view.ledgers.first(where: { $0.failover == plan.epoch }) else {
                return plan.forecast.lossSeconds
            }
            return ledger.predictedLossSeconds
        }
    }

    private func calls(_ page: inout Exposition) {
        func names(_ call: ServiceGauges.Calls) -> [(String, String)] {
            [
                ("service", call.service), ("operation", call.operation), ("region", call.region),
                ("attempt", call.isRetry ? "retry" : "first"), ("outcome", call.outcome),
            ]
        }
        page.family(
            "drctl_aws_calls_total", .counter, "Attempts of AWS calls.",
            gauges.calls.map { (names($0), Double($0.count)) })
        page.family(
            "drctl_aws_call_seconds_total", .counter, "Time that attempts of AWS calls have taken.",
            gauges.calls.map { (names($0), $0.seconds) })
        page.family(
            "drctl_webhook_messages_total", .counter, "Messages at the webhook by answer.",
            (gauges.webhook?.all ?? []).map { row, count in
                ([("door", row.door.rawValue), ("answer", row.answer.name)], Double(count))
            })
    }

    private func states<State: RawRepresentable<String>>(
        _ all: [State], _ label: String, _ current: (WorkloadView) -> State?
    ) -> [Exposition.Sample] {
        status.workloads.flatMap { view -> [Exposition.Sample] in
            guard let now = current(view) else { return [] }
            return all.map { state in
                (
                    [("workload", view.id.rawValue), (label, state.rawValue)],
                    state.rawValue == now.rawValue ? 1 : 0
                )
            }
        }
    }

    private func seconds(_ time: Timestamp) -> Double { Double(time.milliseconds) / 1000 }
}
