import Settings
import Controller
import Execution
import Failover
import Journal
import Server
import Webhook

/// What the operator API asks, answered by the controller, the journal and the executor.
struct ControllerOperations: Operations {
    let controller: Controller
    let journal: any JournalStore
    let executor: Executor
    let configuration: Configuration
    let clock: MachineClock
    let startedAt: Timestamp
    let calls: CallCounter
    let notifiers: Notifiers
    /// The webhook's, where there is one.
    var counts: Counts?

    func status() async -> ServiceStatus {
        ServiceStatus(
            version: Drctl.version, region: configuration.controller.region,
            configurationDigest: configuration.digest, now: clock.now(), startedAt: startedAt,
            lastRoundAt: await controller.lastRoundEnded(), journalFault: await controller.journalFault,
            lease: await controller.leaseView(), workloads: await controller.views(),
            notifiers: await notifiers.views)
    }

    func gauges() async -> ServiceGauges {
        ServiceGauges(
            lastTurnAt: await controller.lastTurnEnded(), round: configuration.controller.pollInterval,
            calls: calls.calls, webhook: counts)
    }

    func knows(_ workload: WorkloadID) async -> Bool {
        configuration.workloads.contains { $0.id == workload }
    }

    func dryRun(_ request: OperatorRequest, of workload: WorkloadID) async -> DryRunReport? {
        guard let dryRun = await controller.dryRun(request, for: workload) else { return nil }
        return report(dryRun)
    }

    func report(_ dryRun: DryRun) -> DryRunReport {
        DryRunReport(
            dryRun: dryRun,
            calls: (dryRun.plan?.steps ?? []).map {
                DryRunReport.StepCalls(step: $0.id, calls: executor.plannedCalls(for: $0))
            })
    }

    func request(_ request: OperatorRequest, for workload: WorkloadID) async -> OperatorReply {
        await controller.request(request, for: workload)
    }

    func history(after sequence: Int64, workload: WorkloadID?, limit: Int) async throws -> [Entry] {
        try await journal.entries(after: sequence, workload: workload, limit: limit)
    }

    func explanation(of workload: WorkloadID, at time: Timestamp) async throws -> Explanation? {
        var past = JournalExplanation(of: workload, at: time)
        try await journal.replay { past.take($0.record) }
        guard let first = past.first, first <= time else { return nil }
        return past.explanation
    }

    func latest(workload: WorkloadID?, limit: Int) async throws -> [Entry] {
        try await journal.latest(workload: workload, limit: limit)
    }
}
