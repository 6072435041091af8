/// Why a text was refused, to stand behind the key's path.
struct Refusal: Error {
    var message: String
    init(_ message: String) { self.message = message }
}

/// A key's value before its type is known. Each reader reports what is wrong and then gives nil.
struct Field {
    let path: String
    let keyPosition: Position
    let findings: Findings
    private let tree: Tree

    var position: Position { tree.position }

    init(_ entry: Tree.Entry, path: String, findings: Findings) {
        self.init(entry.value, keyPosition: entry.keyPosition, path: path, findings: findings)
    }

    init(_ tree: Tree, keyPosition: Position, path: String, findings: Findings) {
        self.tree = tree
        self.keyPosition = keyPosition
        self.path = path
        self.findings = findings
    }

    /// Says nothing about what has been refused already.
    func refuse(_ message: String) {
        if case .refused = tree.content { return }
        findings.refuse(position, path, message)
    }

    func located<Value>(_ value: Value) -> Located<Value> {
        Located(value: value, position: position, path: path)
    }

    /// Text of at most 1024 characters, in a form that `parse` accepts.
    func text<Value>(_ parse: (String) throws(Refusal) -> Value) -> Located<Value>? {
        if let survey = findings.survey { return surveyed(survey, text: parse) }
        guard let (text, plain) = scalar("text") else { return nil }
        if plain, text.wholeMatch(of: /true|false|-?[0-9]+(\.[0-9]+)?/) != nil {
            refuse("is \(text), which YAML does not read as text; put it in quotes if it is meant")
            return nil
        }
        guard !text.isEmpty, text.utf8.count <= 1024 else {
            refuse(text.isEmpty ? "is empty" : "is longer than 1024 bytes")
            return nil
        }
        return attempt { () throws(Refusal) in try parse(text) }
    }

    func text() -> Located<String>? { text { (text) throws(Refusal) in text } }

    func integer(in range: ClosedRange<Int>) -> Located<Int>? {
        if let survey = findings.survey {
            survey.wants(path, .integer(range))
            return located(range.lowerBound)
        }
        guard let number = integer() else { return nil }
        guard range.contains(number.value) else {
            refuse("is \(number.value); use \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// Any whole number, for the caller to bound.
    func integer() -> Located<Int>? {
        if let survey = findings.survey {
            survey.wants(path, .integer(nil))
            return located(2)
        }
        guard let (text, plain) = scalar("a whole number") else { return nil }
        guard plain, text.wholeMatch(of: /-?[0-9]{1,12}/) != nil, let value = Int(text) else {
            refuse("is \(shown(text)); write a whole number" + (plain ? "" : ", without quotes"))
            return nil
        }
        return located(value)
    }

    func flag() -> Located<Bool>? {
        if let survey = findings.survey {
            survey.wants(path, .flag)
            return located(survey.answer(path, 2) == 1)
        }
        guard let (text, plain) = scalar("true or false") else { return nil }
        guard plain, text == "true" || text == "false" else {
            let meant = nearest(to: text, in: ["true", "false"]).map { "; did you mean \($0)?" } ?? ""
            refuse("is \(shown(text)); write true or false\(meant)")
            return nil
        }
        return located(text == "true")
    }

    func duration(in range: ClosedRange<Duration>) -> Located<Duration>? {
        if let survey = findings.survey {
            survey.wants(path, .duration(range))
            return located(range.lowerBound)
        }
        guard let (text, _) = scalar("a duration such as 90s") else { return nil }
        return attempt { () throws(Refusal) in
            let value = try Duration(written: text)
            guard range.contains(value) else {
                throw Refusal(
                    "is \(shown(text)); use \(range.lowerBound.written) to \(range.upperBound.written)")
            }
            return value
        }
    }

    func choice<Value>(_ type: Value.Type) -> Located<Value>?
    where Value: RawRepresentable<String> & CaseIterable {
        if let survey = findings.survey {
            let cases = Array(Value.allCases)
            survey.wants(path, .choice(cases.map(\.rawValue)))
            let chosen = cases[survey.answer(path, cases.count)]
            survey.chose(path, chosen.rawValue)
            return located(chosen)
        }
        guard let (text, _) = scalar("one of \(listed(Value.allCases.map(\.rawValue)))") else { return nil }
        guard let value = Value(rawValue: text) else {
            refuse(notOneOf(text, Value.allCases.map(\.rawValue)))
            return nil
        }
        return located(value)
    }

    /// The items of a list of at most `limit`.
    func items(atMost limit: Int) -> [Field]? {
        if let survey = findings.survey {
            survey.wants(path, .list(limit: limit))
            return [Field(everything: "\(path)[]", findings: findings)]
        }
        guard case .sequence(let items) = tree.content else {
            refuse("is \(kind); write a list, [first, second]")
            return nil
        }
        guard items.count <= limit else {
            refuse("has \(items.count) items; use at most \(limit)")
            return nil
        }
        return items.enumerated().map { index, item in
            Field(item, keyPosition: item.position, path: "\(path)[\(index)]", findings: findings)
        }
    }

    /// The values under names that the user chooses, at most `limit`, in the order of the file.
    func named(atMost limit: Int) -> [(name: String, field: Field)]? {
        if let survey = findings.survey {
            survey.wants(path, .names(limit: limit))
            return [("*", Field(everything: "\(path).*", findings: findings))]
        }
        guard let entries = mapping() else { return nil }
        guard entries.count <= limit else {
            refuse("has \(entries.count) entries; use at most \(limit)")
            return nil
        }
        return entries.map { ($0.key, Field($0, path: joined(path, $0.key), findings: findings)) }
    }

    func section<Key: SectionKey>(_ keys: Key.Type) -> Section<Key>? {
        if let survey = findings.survey {
            survey.wants(path, .section)
            return Section([], position: position, path: path, findings: findings)
        }
        return mapping().map { Section($0, position: keyPosition, path: path, findings: findings) }
    }

    private func mapping() -> [Tree.Entry]? {
        guard case .mapping(let entries) = tree.content else {
            refuse("is \(kind); write keys and values below it, or remove it")
            return nil
        }
        return entries
    }

    private func scalar(_ wanted: String) -> (text: String, plain: Bool)? {
        guard case .scalar(let text, let plain) = tree.content, !isNull else {
            refuse("is \(kind); write \(wanted)")
            return nil
        }
        return (text, plain)
    }

    private func attempt<Value>(_ work: () throws(Refusal) -> Value) -> Located<Value>? {
        do {
            return located(try work())
        } catch {
            refuse(error.message)
            return nil
        }
    }

    /// What YAML calls null, in all its spellings.
    private var isNull: Bool {
        guard case .scalar(let text, plain: true) = tree.content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    private var kind: String {
        switch tree.content {
        case .scalar(let text, _): isNull ? "empty" : shown(text)
        case .sequence: "a list"
        case .mapping: "a set of keys"
        case .refused: "refused"
        }
    }
}
