import Failover

/// Watches the parser read a file that has everything: each key it asks for, the form it wants, what it
/// requires and what it forbids. The schema is made of that, so that no key of the parser can be missing.
///
/// What the parser asks for may depend on a choice (a lever's kind, say), so it reads many times, each time
/// with other answers, and what always goes with one answer becomes a condition in the schema.
final class SchemaSurvey {
    /// Enough that any two answers of one section have met: the widest has two choices of two.
    static let readings = 64
    private(set) var sections: [String: SectionShape] = [:]
    /// What the items of a list, and the values under a user's names, are.
    private(set) var elements: [String: Form] = [:]
    private var reading = 0

    static func make() -> SchemaSurvey {
        let survey = SchemaSurvey()
        for reading in 0..<readings {
            survey.reading = reading
            let findings = Findings(file: "", survey: survey)
            let root = Field(everything: "", findings: findings)
            if let section = root.section(RootKey.self) { _ = RootDraft(section) }
        }
        return survey
    }

    func opens(_ path: String) { sections[path, default: SectionShape()].readings.append(.init()) }

    func asks(_ path: String, for key: String) {
        guard sections[path]?.keys.contains(key) == false else { return }
        sections[path]?.keys.append(key)
    }

    func requires(_ path: String, _ key: String, _ purpose: String) {
        sections[path]?.purposes[key] = purpose
        note(path) { $0.required.insert(key) }
    }

    func forbids(_ path: String, _ key: String) {
        asks(path, for: key)
        note(path) { $0.forbidden.insert(key) }
    }

    /// `path` is the value's own.
    func wants(_ path: String, _ form: Form) {
        guard let (section, key) = split(path) else {
            elements[path] = form
            return
        }
        sections[section]?.forms[key] = form
    }

    /// Another answer at each reading, and independent of those to other questions.
    func answer(_ path: String, _ count: Int) -> Int {
        var state: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in "\(path)#\(reading)".utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }
        // The last byte moves few bits of such a product: splitmix64's end spreads them.
        state = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
        state = (state ^ (state >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((state ^ (state >> 31)) % UInt64(count))
    }

    func chose(_ path: String, _ word: String) {
        guard let (section, key) = split(path) else { return }
        note(section) { $0.chosen[key] = word }
    }

    private func note(_ path: String, _ change: (inout SectionShape.Reading) -> Void) {
        guard var shape = sections[path], let last = shape.readings.indices.last else { return }
        change(&shape.readings[last])
        sections[path] = shape
    }

    /// The section and the key; nil for an item of a list and for what stands under a user's name.
    private func split(_ path: String) -> (section: String, key: String)? {
        guard !path.hasSuffix("[]"), !path.hasSuffix(".*") else { return nil }
        let dot = path.lastIndex(of: ".")
        let section = dot.map { String(path[..<$0]) } ?? ""
        let key = dot.map { String(path[path.index(after: $0)...]) } ?? path
        return sections[section] == nil ? nil : (section, key)
    }
}
