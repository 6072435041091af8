import AWS
import Failover

/// Tells everything at once how many shall run, under one deadline: the writer is awaited only afterwards,
/// and what one of them cannot have is no reason to leave the others small.
struct RaiseCapacityRunner: StepRunner {
    let action: RaiseCapacity

    /// Every one that failed is named, with its command.
    static let detailLimit = 8000

    private var growths: [CapacityGrowth] { action.capacities.map { CapacityGrowth(capacity: $0) } }

    func run(_ trial: Trial, inDoubt: Bool) async -> StepOutcome {
        let endings = await concurrently(growths) { growth in
            var pursuit = Pursuit(growth, trial, inDoubt: inDoubt)
            return await pursuit.run()
        }
        var (raised, failed) = ([String](), [Shortfall]())
        for (growth, ending) in zip(growths, endings) {
            switch ending {
            case .done(let text, _), .unneeded(let text): raised.append(text)
            case .failed(let shortfall): failed.append(growth.spelled(shortfall))
            }
        }
        guard !failed.isEmpty else {
            return .succeeded(detail: listed(raised).oneLine(limit: Self.detailLimit))
        }
        let some = raised.isEmpty ? "" : "\(failed.count) of \(endings.count): "
        return Shortfall(
            detail: some + failed.map(\.detail).joined(separator: "; "),
            retryable: failed.contains(where: \.retryable),
            mayHaveHappened: failed.contains(where: \.mayHaveHappened)
        ).outcome(limit: Self.detailLimit)
    }

    var plannedCalls: [PlannedCall] { growths.flatMap(\.plannedCalls) }
}
