import Yams

/// One value of a timeline's file. Each reader reports what is wrong with it and then gives nil.
struct IncidentField {
    let key: String
    let line: Int
    let node: Yams.Node
    let findings: IncidentFindings

    func refuse(_ message: String) { findings.refuse(line, "\(key) \(message)") }

    /// A single value, as it is written.
    func text(_ wanted: String = "one value") -> String? {
        guard case .scalar(let scalar) = node, !scalar.string.isEmpty else {
            refuse("must be \(wanted)")
            return nil
        }
        return scalar.string
    }

    func span(_ range: ClosedRange<Duration> = .zero ... .seconds(86400)) -> Duration? {
        guard let text = text("a time such as 90s, 2m or 1h30m") else { return nil }
        guard let span = Duration(spelled: text) else {
            refuse("is \"\(text)\"; write a time with its unit, such as 90s, 2m, 1h30m or 500ms")
            return nil
        }
        guard range.contains(span) else {
            refuse("is \(text); use \(range.lowerBound.spelled) to \(range.upperBound.spelled)")
            return nil
        }
        return span
    }

    func count(_ range: ClosedRange<Int>) -> Int? {
        guard let text = text("a whole number") else { return nil }
        guard let value = Int(text), range.contains(value) else {
            refuse("is \"\(text)\"; write a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }

    /// `50%`, `0.5`; 0...1.
    func share() -> Double? {
        guard let text = text("a share such as 50%") else { return nil }
        let value = text.hasSuffix("%") ? Double(text.dropLast()).map { $0 / 100 } : Double(text)
        guard let value, (0...1).contains(value) else {
            refuse("is \"\(text)\"; write a share from 0% to 100%")
            return nil
        }
        return value
    }

    func choice(_ words: [String]) -> String? {
        guard let text = text("one of \(words.joined(separator: ", "))") else { return nil }
        guard words.contains(text) else {
            let meant = likeliest(text, among: words).map { "; did you mean \($0)?" } ?? ""
            refuse("is \"\(text)\"; use one of \(words.joined(separator: ", "))\(meant)")
            return nil
        }
        return text
    }

    /// A list of names; one alone may stand without brackets.
    func names() -> [String]? {
        if case .scalar(let scalar) = node, !scalar.string.isEmpty { return [scalar.string] }
        guard case .sequence(let items) = node else {
            refuse("must be a list such as [one, two]")
            return nil
        }
        let names = items.compactMap(\.string)
        guard names.count == items.count, !names.isEmpty, Set(names).count == names.count else {
            refuse("must be a list of different names")
            return nil
        }
        return names
    }

    /// The entries of a list.
    func items() -> [IncidentField] {
        guard case .sequence(let items) = node else {
            refuse("must be a list")
            return []
        }
        return items.map {
            IncidentField(key: key, line: $0.mark?.line ?? line, node: $0, findings: findings)
        }
    }

    func section(_ known: [String]) -> IncidentSection? {
        guard case .mapping(let pairs) = node else {
            refuse("must hold keys and values")
            return nil
        }
        return IncidentSection(pairs, line: line, known: known, findings: findings)
    }
}

/// A set of keys and values. Making one reports every key that is not known.
struct IncidentSection {
    let line: Int
    let findings: IncidentFindings
    private(set) var fields: [IncidentField] = []

    init(_ pairs: Yams.Node.Mapping, line: Int, known: [String]?, findings: IncidentFindings) {
        self.line = line
        self.findings = findings
        for pair in pairs {
            let place = pair.key.mark?.line ?? line
            guard let key = pair.key.string else {
                findings.refuse(place, "a key must be plain text")
                continue
            }
            if let known, !known.contains(key) {
                let meant = likeliest(key, among: known).map { "did you mean \($0)?" }
                findings.refuse(
                    place,
                    "\(key) is not a known key here; \(meant ?? "use \(known.joined(separator: ", "))")")
                continue
            }
            fields.append(IncidentField(key: key, line: place, node: pair.value, findings: findings))
        }
    }

    subscript(_ key: String) -> IncidentField? { fields.first { $0.key == key } }

    func required(_ key: String, _ purpose: String) -> IncidentField? {
        guard let field = self[key] else {
            findings.refuse(line, "\(key) is missing; \(purpose)")
            return nil
        }
        return field
    }
}
