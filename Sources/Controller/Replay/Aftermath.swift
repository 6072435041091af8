import Failover

/// Undoes, in what was recorded, what a real failover did to the standby, for a replay that has not failed
/// over itself: else the real failover's replica, a writer by then, would stand in its way.
///
/// The standby counts as being what it was when it was last seen before its promotion, and as having received
/// nothing since. What became of the primary is left as it was seen.
public struct Aftermath: Sendable {
    private var spans: [WorkloadID: [Span]] = [:]
    private var plans: [WorkloadID: Plan] = [:]
    private var lastSeen: [Place: Observation] = [:]

    private struct Span {
        var start: Timestamp
        var end: Timestamp?
    }

    private struct Place: Hashable {
        var workload: WorkloadID
        var database: DatabaseID
        var slot: Slot
    }

    public init() {}

    /// Learns from a record of the journal; in their order.
    public mutating func learn(_ record: Record) {
        guard let workload = record.workload else { return }
        switch record.event {
        case .planAdopted(let plan): plans[workload] = plan
        case .stepStarted(let step, _):
            guard plans[workload]?.step(step)?.action.promotes == true, !isOpen(workload) else { return }
            spans[workload, default: []].append(Span(start: record.at))
        case .phaseChanged(_, to: .watching, _, _):
            guard isOpen(workload), let last = spans[workload]?.indices.last else { return }
            spans[workload]?[last].end = record.at
        default: break
        }
    }

    private func isOpen(_ workload: WorkloadID) -> Bool {
        spans[workload]?.last.map { $0.end == nil } ?? false
    }

    /// Whether a real failover had changed the standby of `workload` at `time`.
    func covers(_ workload: WorkloadID, at time: Timestamp) -> Bool {
        spans[workload]?.contains { $0.start <= time && time < $0.end ?? .init(milliseconds: .max) } ?? false
    }

    /// The observation as it would have been without the real failover; as it is where there was none.
    mutating func undone(_ observation: Observation, at now: Timestamp) -> Observation {
        let slot = observation.fact.slot
        guard [.standbyDatabase, .standbyProbe, .replication].contains(slot) else { return observation }
        let place = Place(workload: observation.workload, database: observation.database, slot: slot)
        guard covers(observation.workload, at: now) else {
            lastSeen[place] = observation
            return observation
        }
        guard var before = lastSeen[place] else { return observation }
        let span = observation.at - before.at
        before.at = observation.at
        if case .replication(.known(let samples)) = before.fact {
            before.fact = .replication(reading: .known(value: samples.map { $0.standing(for: span) }))
        }
        return before
    }
}

extension LagSample {
    /// The same replica later, when it has received nothing more.
    fileprivate func standing(for span: Duration) -> LagSample {
        var later = self
        later.sampledAt = sampledAt + span
        later.lagSeconds = lagSeconds.map { $0 < 0 ? $0 : $0 + span.inSeconds }
        return later
    }
}
