import Failover

/// A value together with its recent past, so that an answer can be as of a moment ago, and a metric's sample
/// can be made long after its minute.
struct History<Value> {
    private(set) var entries: [Entry]

    struct Entry {
        var from: Timestamp
        var value: Value
    }

    /// Nothing asks for more: a metric's window is ten minutes, published three minutes late at most.
    static var memory: Duration { .seconds(1800) }

    init(_ value: Value, from start: Timestamp) { entries = [Entry(from: start, value: value)] }

    var now: Value { entries[entries.count - 1].value }
    var lastChange: Timestamp { entries[entries.count - 1].from }

    /// As it was at `time`; before everything that is remembered, as it was first.
    func at(_ time: Timestamp) -> Value {
        var index = entries.count - 1
        while index > 0, entries[index].from > time { index -= 1 }
        return entries[index].value
    }

    /// `time` is not before the last change.
    mutating func set(_ value: Value, at time: Timestamp) {
        if entries[entries.count - 1].from == time {
            entries[entries.count - 1].value = value
            return
        }
        entries.append(Entry(from: time, value: value))
        guard entries.count > 16 else { return }
        let horizon = time - Self.memory
        let firstKept = (entries.lastIndex { $0.from <= horizon }) ?? 0
        entries.removeFirst(firstKept)
    }
}
