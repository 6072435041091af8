import AWS
import Failover

/// A part of what was asked for, with its answer.
struct Piece<Item: Sendable, Value: Sendable>: Sendable {
    var items: [Item]
    var answer: Result<Value, Unanswered>
    /// When the answer came.
    var at: Timestamp
}

extension Piece {
    /// An API that has just refused the whole is there: a part without an answer has run out of our own time,
    /// and must not pass for silence, which counts against a database.
    fileprivate func unlessSilent(or refusal: Unanswered) -> Piece {
        guard case .failure(let why) = answer, why.reason == .silent else { return self }
        return Piece(items: items, answer: .failure(refusal), at: at)
    }
}

/// Asks for many at once, and once more in parts for those whom AWS refuses as a whole: one bad identifier,
/// or one that we may not see, must not blind the others. Silence and throttling are about the endpoint, so
/// that nothing is split for them.
struct Piecemeal<Item: Sendable, Value: Sendable>: Sendable {
    let context: ObserverContext
    let place: Expense.Place
    /// Whether a permission may be missing for one and not for another.
    let splitsDenied: Bool
    /// The last one says whether these are single because listing was denied.
    let ask: @Sendable ([Item], CallOptions, Bool) async throws(AWSError) -> Value

    /// Parts that are asked for side by side.
    private static var width: Int { 8 }

    /// Nil when it was given up by ourselves.
    func answers(about items: [Item]) async -> [Piece<Item, Value>]? {
        await answers(items, alone: false, until: context.now() + context.partsLimit)
    }

    private func answers(
        _ items: [Item], alone: Bool, until end: Timestamp
    ) async -> [Piece<Item, Value>]? {
        var options = context.callOptions
        let left = end - context.now()
        options.deadline = min(options.deadline ?? left, left)
        do throws(AWSError) {
            let value = try await ask(items, options, alone)
            return [Piece(items: items, answer: .success(value), at: context.now())]
        } catch {
            if error.isCancellation { return nil }
            let now = context.now()
            guard let parts = alone ? nil : parts(of: items, after: error), now < end else {
                return [Piece(items: items, answer: .failure(Unanswered(error)), at: now)]
            }
            return await answers(
                parts, alone: error.kind == .accessDenied, until: end, otherwise: Unanswered(error))
        }
    }

    private func parts(of items: [Item], after error: AWSError) -> [[Item]]? {
        switch error.kind {
        // Who may see single ones may not list.
        case .accessDenied: return splitsDenied ? items.map { [$0] } : nil
        case .refused, .notFound, .malformedResponse:
            return items.count < 2 ? nil : items.batches(of: (items.count + 1) / 2)
        default: return nil
        }
    }

    /// A part for which the budget has no call left shares the answer of the whole.
    private func answers(
        _ parts: [[Item]], alone: Bool, until end: Timestamp, otherwise refusal: Unanswered
    ) async -> [Piece<Item, Value>]? {
        await withTaskGroup(of: [Piece<Item, Value>]?.self) { group in
            var found: [Piece<Item, Value>] = []
            var isGivenUp = false
            for (index, part) in parts.enumerated() {
                if index >= Self.width, let one = await group.next() {
                    if let one { found += one } else { isGivenUp = true }
                }
                let now = context.now()
                if isGivenUp || now >= end || !context.allowance.takeExtra(place, at: now) {
                    found.append(Piece(items: part, answer: .failure(refusal), at: now))
                } else {
                    group.addTask { await answers(part, alone: alone, until: end) }
                }
            }
            for await one in group {
                if let one { found += one } else { isGivenUp = true }
            }
            return isGivenUp ? nil : found.map { $0.unlessSilent(or: refusal) }
        }
    }
}
