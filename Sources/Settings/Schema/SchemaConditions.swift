/// What goes with one answer to a choice: keys that are required then, and keys that have no meaning.
struct SchemaConditions {
    let shape: SectionShape
    /// Required whatever is chosen.
    let always: Set<String>

    var all: [SchemaValue] {
        // A choice that is not always asked for hangs on another one, which says it all.
        let keys = Set(shape.readings.flatMap(\.chosen.keys)).sorted().filter { key in
            shape.readings.allSatisfy { $0.chosen[key] != nil }
        }
        return keys.flatMap { key in
            Set(shape.readings.compactMap { $0.chosen[key] }).sorted().compactMap { condition(key, $0) }
        }
    }

    private func condition(_ key: String, _ word: String) -> SchemaValue? {
        let readings = shape.readings.filter { $0.chosen[key] == word }
        func common(_ part: KeyPath<SectionShape.Reading, Set<String>>) -> Set<String> {
            readings.dropFirst().reduce(readings.first?[keyPath: part] ?? []) {
                $0.intersection($1[keyPath: part])
            }
        }
        let required = common(\.required).subtracting(always)
        let forbidden = common(\.forbidden)
        guard !required.isEmpty || !forbidden.isEmpty else { return nil }
        var then: [(String, SchemaValue)] = []
        if !required.isEmpty { then.append(("required", .texts(required.sorted()))) }
        if !forbidden.isEmpty {
            then.append(("properties", .object(forbidden.sorted().map { ($0, .flag(false)) })))
        }
        let test: [(String, SchemaValue)] = [
            ("properties", .object([(key, .object([("const", .text(word))]))])), ("required", .texts([key])),
        ]
        return .object([("if", .object(test)), ("then", .object(then))])
    }
}
