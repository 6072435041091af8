/// The keys that a section of the file may have.
protocol SectionKey: RawRepresentable<String>, CaseIterable, Hashable {
    /// Where such a section stands, `*` for any name and `[]` for any item.
    static var places: [String] { get }
}

/// A mapping whose keys are known. Making one reports every key that is not.
struct Section<Key: SectionKey> {
    let path: String
    /// The key that the mapping stands under.
    let position: Position
    let findings: Findings
    private var fields: [String: Field] = [:]

    init(_ entries: [Tree.Entry], position: Position, path: String, findings: Findings) {
        self.path = path
        self.position = position
        self.findings = findings
        findings.met(ObjectIdentifier(Key.self))
        findings.survey?.opens(path)
        let known = Key.allCases.map(\.rawValue)
        for entry in entries {
            let keyPath = joined(path, entry.key)
            if known.contains(entry.key) {
                fields[entry.key] = Field(entry, path: keyPath, findings: findings)
            } else {
                let meant = nearest(to: entry.key, in: known).map { "did you mean \($0)?" }
                let advice = meant ?? "known here: \(known.sorted().joined(separator: ", "))"
                findings.refuse(entry.keyPosition, keyPath, "is not a known key; \(advice)")
            }
        }
    }

    func field(_ key: Key) -> Field? {
        guard let survey = findings.survey else { return fields[key.rawValue] }
        survey.asks(path, for: key.rawValue)
        return Field(everything: joined(path, key.rawValue), findings: findings)
    }

    /// Reports a key that is missing, with what it is for.
    func required(_ key: Key, _ purpose: String) -> Field? {
        findings.survey?.requires(path, key.rawValue, purpose)
        let field = field(key)
        if field == nil {
            findings.refuse(position, joined(path, key.rawValue), "is missing; \(purpose)")
        }
        return field
    }

    /// Reports keys that are known but have no meaning here.
    func forbid(_ keys: Key..., because reason: String) {
        for key in keys {
            findings.survey?.forbids(path, key.rawValue)
            guard let field = fields[key.rawValue] else { continue }
            findings.refuse(field.keyPosition, field.path, "\(reason); remove it")
        }
    }

    /// A default, placed where the section is, so that a check that fails on it can say where.
    func standing<Value>(_ value: Value, for key: Key) -> Located<Value> {
        Located(value: value, position: position, path: joined(path, key.rawValue))
    }
}

/// The path of a key within a section.
func joined(_ path: String, _ key: String) -> String {
    let isPlain = key.utf8.count <= 63 && key.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil
    let name = isPlain ? key : shown(key)
    return path.isEmpty ? name : "\(path).\(name)"
}
