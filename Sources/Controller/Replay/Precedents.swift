import Failover

/// How the steps of real failovers ended, for a replay: the same step takes as long, and ends as, it did.
public struct Precedents: Sendable {
    private var ends: [Key: [End]] = [:]
    private var begun: [Key: Timestamp] = [:]

    private struct Key: Hashable {
        var workload: WorkloadID
        var step: StepID
        var attempt: Int
    }

    /// How a try of a step ended; without an outcome it was cut off after that time.
    private struct End: Sendable {
        var after: Duration
        var outcome: StepOutcome?
    }

    public init() {}

    /// Learns from a record of the journal; in their order.
    public mutating func learn(_ record: Record) {
        if case .controllerStarted = record.event {
            // What was running has no end on record: it took until then at the least.
            for (key, start) in begun { ends[key, default: []].append(End(after: record.at - start)) }
            begun = [:]
        }
        guard let workload = record.workload else { return }
        switch record.event {
        case .stepStarted(let step, let attempt):
            begun[Key(workload: workload, step: step, attempt: attempt)] = record.at
        case .stepFinished(let step, let attempt, let outcome):
            let key = Key(workload: workload, step: step, attempt: attempt)
            guard let start = begun.removeValue(forKey: key) else { return }
            ends[key, default: []].append(End(after: record.at - start, outcome: outcome))
        default: break
        }
    }

    /// The next end on record of the same try of the same step; without one it is done in its typical time.
    mutating func end(of order: StepOrder) -> (after: Duration, outcome: StepOutcome, isAssumed: Bool) {
        let key = Key(workload: order.workload, step: order.step.id, attempt: order.attempt)
        let known = ends[key]?.first
        if known != nil { ends[key]?.removeFirst() }
        if let known, let outcome = known.outcome { return (known.after, outcome, false) }
        let typical = Duration.milliseconds(
            Int64(order.step.action.typicalSeconds(timeout: order.step.timeout) * 1000))
        let after = max(typical, known?.after ?? .zero)
        return (after, .succeeded(detail: "assumed in this replay, after \(after.text)"), true)
    }
}
