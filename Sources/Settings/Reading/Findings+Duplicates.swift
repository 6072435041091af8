extension Findings {
    /// Reports every value that an earlier one has too, at the later place.
    func refuseDuplicates<Value: Hashable>(_ values: [Located<Value>]) {
        refuseDuplicates(values, as: { $0 }) { "is a duplicate of \($0)" }
    }

    /// The same for values that need not be equal to be one thing; `message` gets the earlier one's place.
    func refuseDuplicates<Value, Identity: Hashable>(
        _ values: [Located<Value>], as identity: (Value) -> Identity, _ message: (String) -> String
    ) {
        var first: [Identity: Located<Value>] = [:]
        for value in values {
            if let earlier = first[identity(value.value)] {
                refuse(value, message("\(earlier.path) (line \(earlier.position.line))"))
            } else {
                first[identity(value.value)] = value
            }
        }
    }
}
