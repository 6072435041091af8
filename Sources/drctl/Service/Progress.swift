import Failover
import Server

/// Follows a workload's failover to its end, whatever end that is, and prints its records as they come.
struct Progress {
    let client: ServiceClient
    let workload: WorkloadID
    var silent = false

    func follow() async throws {
        guard let view = try await current() else { return }
        guard view.phase == .failingOver else { return try conclude(view) }
        let epoch = view.epoch
        let pace = PaceLine()
        defer { pace.clear() }
        var sequence: Int64?
        while true {
            let entries = try await client.history(after: sequence, workload: workload, limit: 200)
            for entry in entries
            where !silent && entry.record.epoch == epoch && isProgress(entry.record.event) {
                let now = Timestamp(milliseconds: entry.record.at.milliseconds)
                pace.clear()
                say("\(clockText(entry.record.at, now: now))  \(RecordText(record: entry.record).line)")
            }
            sequence = entries.last?.sequence ?? sequence
            let status = try await client.status()
            guard let view = status.workloads.first(where: { $0.id == workload }) else { return }
            if view.phase != .failingOver {
                pace.clear()
                return try conclude(view)
            }
            if !silent, let words = words(view, now: status.now) { pace.show(words) }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    private func current() async throws -> WorkloadView? {
        try await client.status().workloads.first { $0.id == workload }
    }

    /// What runs now, for how long, and how long it usually takes.
    private func words(_ view: WorkloadView, now: Timestamp) -> String? {
        guard let plan = view.plan else { return nil }
        return plan.steps.lazy.compactMap { step in
            StepPace(plan: plan.plan, step: step, now: now).map { "... \(step.id) \($0.text)" }
        }.first
    }

    private func isProgress(_ event: Event) -> Bool {
        switch event {
        case .noticeIssued, .noticeSettled, .assessed, .requestReceived: false
        default: true
        }
    }

    private func conclude(_ view: WorkloadView) throws {
        switch view.phase {
        case .failedOver: return
        case .needsOperator:
            throw Failure(
                .failed, "the plan stopped and needs you: drctl status \(workload), then resume or abandon")
        default:
            throw Failure(.failed, "the failover was given up: drctl explain \(workload) says why")
        }
    }
}
