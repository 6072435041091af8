import Failover
import Journal

/// What waits for its turn to be decided, in the order in which it came.
///
/// It is bounded by who feeds it: whoever hands something in waits until it has been dealt with, and so has
/// at most one item in here. Only requests come from outside, and of these no more than `requestLimit` wait.
struct Inbox {
    /// More people than this do not wait for one controller at once; more scripts should not.
    static let requestLimit = 64

    enum Matter {
        /// `from`: the term under which a result was ordered.
        case input(Input, from: Int?)
        /// The lease is ours: what others wrote is folded in, and it begins.
        case takeOver
        /// Another host leads: what it wrote is folded in.
        case catchUp
        /// A record of the controller itself, about which nothing is to be decided.
        case note(Event)
    }

    /// What came of it.
    struct Outcome: Sendable {
        var reply: OperatorReply?
        /// Why nothing came of it: its records could not be made durable.
        var fault: JournalError?
    }

    private struct Item {
        var matter: Matter
        var done: CheckedContinuation<Outcome, Never>
    }

    private var items: [Item] = []

    var isEmpty: Bool { items.isEmpty }

    /// Whether one more request may wait.
    var takesRequests: Bool {
        items.count { if case .input(.request, _) = $0.matter { true } else { false } } < Self.requestLimit
    }

    mutating func add(_ matter: Matter, done: CheckedContinuation<Outcome, Never>) {
        items.append(Item(matter: matter, done: done))
    }

    /// The next matter and those who wait for it. Observations that have come one right after another are
    /// judged together, so that a slow journal is asked once for all of them.
    mutating func next() -> (matter: Matter, done: [CheckedContinuation<Outcome, Never>])? {
        guard let first = items.first else { return nil }
        guard case .input(.observed, let term) = first.matter else {
            items.removeFirst()
            return (first.matter, [first.done])
        }
        var observations: [Observation] = []
        var done: [CheckedContinuation<Outcome, Never>] = []
        for item in items {
            guard case .input(.observed(let more), _) = item.matter else { break }
            observations += more
            done.append(item.done)
        }
        items.removeFirst(done.count)
        return (.input(.observed(observations), from: term), done)
    }
}
