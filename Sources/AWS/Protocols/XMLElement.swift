/// One element of a response: a name, then either text or children. Attributes and namespaces are not kept,
/// since no AWS shape that this room reads uses them.
public struct XMLElement: Sendable, Equatable {
    public let name: String
    public internal(set) var text: String
    public internal(set) var children: [XMLElement]

    public init(name: String, text: String = "", children: [XMLElement] = []) {
        self.name = name
        self.text = text
        self.children = children
    }

    /// The first child of that name. Nil when there is none.
    public func child(_ name: String) -> XMLElement? {
        children.first { $0.name == name }
    }

    /// The first child of that name; an error when there is none.
    public func required(_ name: String) throws(MalformedResponse) -> XMLElement {
        guard let child = child(name) else {
            throw MalformedResponse("<\(self.name)> has no <\(name)>")
        }
        return child
    }

    public func string(_ name: String) -> String? {
        child(name)?.text
    }

    /// Nil also when the text is empty, as the last page's token may be.
    public func nonEmptyString(_ name: String) -> String? {
        string(name).flatMap { $0.isEmpty ? nil : $0 }
    }

    public func requiredString(_ name: String) throws(MalformedResponse) -> String {
        try required(name).text
    }

    public func int(_ name: String) throws(MalformedResponse) -> Int? {
        try scalar(name, "a whole number", Int.init)
    }

    public func double(_ name: String) throws(MalformedResponse) -> Double? {
        try scalar(name, "a number", Self.number)
    }

    public func bool(_ name: String) throws(MalformedResponse) -> Bool? {
        try scalar(name, "true or false", Self.truth)
    }

    public func requiredBool(_ name: String) throws(MalformedResponse) -> Bool {
        guard let value = try bool(name) else { throw MalformedResponse("<\(self.name)> has no <\(name)>") }
        return value
    }

    public func time(_ name: String) throws(MalformedResponse) -> WallTime? {
        try scalar(name, "a time", WallTime.init(iso8601:))
    }

    /// The structure in the child of that name. Nil when the child is absent.
    public func structure<Value>(
        _ name: String, _ read: (XMLElement) throws(MalformedResponse) -> Value
    ) throws(MalformedResponse) -> Value? {
        guard let child = child(name) else { return nil }
        return try read(child)
    }

    /// The items of a list: `<name><item/><item/></name>`. Empty when the child is absent.
    public func list<Value>(
        _ name: String, item: String, _ read: (XMLElement) throws(MalformedResponse) -> Value
    ) throws(MalformedResponse) -> [Value] {
        guard let list = child(name) else { return [] }
        var values: [Value] = []
        for element in list.children where element.name == item {
            values.append(try read(element))
        }
        return values
    }

    /// The items of a list of plain texts.
    public func strings(_ name: String, item: String) -> [String] {
        guard let list = child(name) else { return [] }
        return list.children.filter { $0.name == item }.map(\.text)
    }

    /// The children of the child of that name that hold plain text: what a structure of many scalars says, by
    /// name.
    public func leafTexts(_ name: String) -> [String: String] {
        let leaves = child(name)?.children.filter { $0.children.isEmpty && !$0.text.isEmpty } ?? []
        return Dictionary(leaves.map { ($0.name, $0.text) }, uniquingKeysWith: { first, _ in first })
    }

    /// This element's text as a time, for lists of times.
    static func timeText(_ element: XMLElement) throws(MalformedResponse) -> WallTime {
        guard let time = WallTime(iso8601: element.text) else {
            throw MalformedResponse("<\(element.name)> is not a time")
        }
        return time
    }

    /// This element's text as a number, for lists of numbers.
    static func numberText(_ element: XMLElement) throws(MalformedResponse) -> Double {
        guard let number = number(element.text) else {
            throw MalformedResponse("<\(element.name)> is not a number")
        }
        return number
    }

    private func scalar<Value>(
        _ name: String, _ expected: String, _ convert: (String) -> Value?
    ) throws(MalformedResponse) -> Value? {
        guard let child = child(name) else { return nil }
        guard let value = convert(child.text) else {
            throw MalformedResponse("<\(name)> in <\(self.name)> is not \(expected)")
        }
        return value
    }

    static func number(_ text: String) -> Double? {
        guard let value = Double(text), value.isFinite else { return nil }
        return value
    }

    static func truth(_ text: String) -> Bool? {
        switch text {
        case "true": true
        case "false": false
        default: nil
        }
    }
}
