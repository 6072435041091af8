import Failover

struct IntentFirst: Invariant {
    static let id = "INV8"
    static let rule =
        "Every call that changes something follows from an intent that is durable already and "
        + "still stands, and no step is done twice"

    private let premises: Premises

    init(_ premises: Premises) { self.premises = premises }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        switch happening.kind {
        case .mutation(_, let mutation): judge(mutation, past)
        case .record(_, let record): repeated(record, past)
        default: []
        }
    }

    private func judge(_ mutation: Mutation, _ past: Chronicle) -> [String] {
        switch mutation.cause {
        case .step(let workload, let epoch, let step, let attempt)?:
            let story = past.story(workload)
            if story.epoch != epoch || !story.isPlanOpen {
                return ["\(mutation.text): failover \(epoch) is over"]
            }
            if !story.begun.contains(Story.Try(step: step, attempt: attempt)) {
                return ["\(mutation.text): no durable record says that it begins"]
            }
            return story.succeeded.contains(step) ? ["\(mutation.text): it is on record as done"] : []
        case .fence(let fence)?:
            let isOwed = premises.workloads.contains { past.story($0.id).owedFences.contains(fence) }
            return isOwed ? [] : ["\(mutation.text): no durable record owes it"]
        case .lever(let flip)?:
            let isFlipped = premises.workloads.contains { past.story($0.id).flips.contains(flip) }
            return isFlipped ? [] : ["\(mutation.text): no durable record has flipped it"]
        case .notice(let id)?:
            let isIssued = premises.workloads.contains { past.story($0.id).issued.contains(id) }
            return isIssued ? [] : ["\(mutation.text): no durable record issues it"]
        case nil: return ["\(mutation.text): it is sent for nothing"]
        }
    }

    private func repeated(_ record: Record, _ past: Chronicle) -> [String] {
        guard let id = record.workload else { return [] }
        let story = past.story(id)
        switch record.event {
        case .stepStarted(let step, let attempt):
            if !story.isPlanOpen { return ["\(id): \(step) begins without a plan"] }
            if story.succeeded.contains(step) { return ["\(id): \(step) begins again, though it is done"] }
            return story.begun.contains(Story.Try(step: step, attempt: attempt))
                ? ["\(id): try \(attempt) of \(step) begins twice"] : []
        case .planAdopted(let plan):
            if story.isPlanOpen { return ["\(id): a plan is adopted beside failover \(story.epoch)"] }
            return plan.epoch == story.epoch + 1
                ? [] : ["\(id): failover \(plan.epoch) follows failover \(story.epoch)"]
        default: return []
        }
    }
}
