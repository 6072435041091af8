/// A value that its copies share until one of them changes it. The controller keeps a copy of the machine
/// before each input; without this every copy would be of all workloads, of which one input changes one or
/// two.
struct Shared<Value: Sendable>: Sendable {
    private var box: Box

    /// `@unchecked Sendable`: `value` is only ever changed through a reference that nobody else holds.
    private final class Box: @unchecked Sendable {
        var value: Value
        init(_ value: Value) { self.value = value }
    }

    init(_ value: Value) { box = Box(value) }

    var value: Value { box.value }

    mutating func change(_ body: (inout Value) -> Void) {
        if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
        body(&box.value)
    }
}

/// A large value that changes seldom and is handed on all the time: its copies cost one reference.
final class Boxed<Value: Sendable>: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
}
