/// Reading the members of an answer. `null` is as good as absent; another type than AWS's model says is an
/// answer that nobody should act on.
extension JSONValue {
    private func present(_ name: String) -> JSONValue? {
        guard let value = self[name], value != .null else { return nil }
        return value
    }

    private func read<Value>(
        _ name: String, _ expected: String, _ convert: (JSONValue) -> Value?
    ) throws(MalformedResponse) -> Value? {
        guard let found = present(name) else { return nil }
        guard let value = convert(found) else { throw MalformedResponse("\(name) is not \(expected)") }
        return value
    }

    public func required(_ name: String) throws(MalformedResponse) -> JSONValue {
        guard let value = present(name) else { throw MalformedResponse("there is no \(name)") }
        return value
    }

    public func text(_ name: String) throws(MalformedResponse) -> String? {
        try read(name, "a text", \.string)
    }

    public func requiredText(_ name: String) throws(MalformedResponse) -> String {
        guard let text = try text(name) else { throw MalformedResponse("there is no \(name)") }
        return text
    }

    public func int(_ name: String) throws(MalformedResponse) -> Int? {
        try read(name, "a whole number") { value in
            if case .number(let digits) = value { Int(digits) } else { nil }
        }
    }

    public func flag(_ name: String) throws(MalformedResponse) -> Bool? {
        try read(name, "true or false", \.bool)
    }

    /// Seconds since 1970, with a fraction or without.
    public func time(_ name: String) throws(MalformedResponse) -> WallTime? {
        try read(name, "a time") { value in
            value.number.flatMap { $0.isFinite ? WallTime(unixSeconds: $0) : nil }
        }
    }

    /// Empty when it is absent.
    public func strings(_ name: String) throws(MalformedResponse) -> [String] {
        let values = try read(name, "a list of texts") { value -> [String]? in
            guard let items = value.array else { return nil }
            let texts = items.compactMap(\.string)
            return texts.count == items.count ? texts : nil
        }
        return values ?? []
    }

    /// Empty when it is absent.
    public func list<Item>(
        _ name: String, _ read: (JSONValue) throws(MalformedResponse) -> Item
    ) throws(MalformedResponse) -> [Item] {
        guard let found = present(name) else { return [] }
        guard let values = found.array else { throw MalformedResponse("\(name) is not a list") }
        var items: [Item] = []
        for value in values {
            guard value.members != nil else { throw MalformedResponse("\(name) holds what is no object") }
            items.append(try read(value))
        }
        return items
    }
}
