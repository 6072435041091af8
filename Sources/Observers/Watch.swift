import Failover

/// All observers together.
public struct Watch: Sendable {
    private let observers: [any Observer]
    private let context: ObserverContext

    public init(observers: [any Observer], context: ObserverContext) {
        self.observers = observers
        self.context = context
    }

    /// Every observer of this room.
    public init(context: ObserverContext) {
        self.init(observers: Self.observers(context), context: context)
    }

    static func observers(_ context: ObserverContext) -> [any Observer] {
        [
            RDSInstanceObserver(context: context), AuroraObserver(context: context),
            ReplicationLagObserver(context: context), Route53HealthObserver(context: context),
            ProbeObserver(context: context),
        ]
    }

    /// What one round over these workloads asks of AWS while all is well.
    public func expenses(of workloads: [Workload], closer: Set<WorkloadID> = []) -> [Expense] {
        observers.flatMap { $0.errands(about: workloads, closer: closer) }.flatMap(\.expenses)
    }

    /// One round. What an errand learns is delivered as soon as it is there, one delivery at a time; every
    /// errand has its own limit, so that a hung endpoint delays nothing but the end of the round.
    public func round(
        _ workloads: [Workload], closer: Set<WorkloadID>, deliver: @Sendable ([Observation]) async -> Void
    ) async {
        await withTaskGroup(of: [Observation].self) { group in
            for observer in observers {
                for errand in observer.errands(about: workloads, closer: closer) {
                    group.addTask { await errand.answered(now: context.now, sleep: context.sleep) }
                }
            }
            for await observations in group where !observations.isEmpty {
                await deliver(observations)
            }
        }
    }

    /// One round, collected.
    public func round(_ workloads: [Workload], closer: Set<WorkloadID>) async -> [Observation] {
        let collected = Locked<[Observation]>([])
        await round(workloads, closer: closer) { observations in
            collected.withLock { $0 += observations }
        }
        return collected.withLock { $0 }
    }
}
