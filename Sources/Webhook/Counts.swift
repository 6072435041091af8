import Journal

/// How often each answer was given, by door, since the start. The names are all ours, so there is no end to
/// what can be sent and an end to what is counted.
public final class Counts: Sendable {
    public enum Door: String, Sendable, Hashable, CaseIterable { case sns, generic }

    public struct Row: Sendable, Hashable {
        public var door: Door
        public var answer: Answer
    }

    private let state = Locked<[Row: Int]>([:])

    public init() {}

    public func add(_ answer: Answer, at door: Door) {
        state.withLock { $0[Row(door: door, answer: answer), default: 0] += 1 }
    }

    public func of(_ answer: Answer, at door: Door) -> Int {
        state.withLock { $0[Row(door: door, answer: answer)] ?? 0 }
    }

    /// Every one, those that never happened too.
    public var all: [(row: Row, count: Int)] {
        let counts = state.withLock { $0 }
        return Door.allCases.flatMap { door in
            Answer.all.map { Row(door: door, answer: $0) }
        }.map { ($0, counts[$0] ?? 0) }
    }
}
