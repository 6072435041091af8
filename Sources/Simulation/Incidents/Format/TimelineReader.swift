import Failover
import Yams

/// The `timeline` section: what happens, and when.
struct TimelineReader {
    /// More than any story needs.
    static let limit = 500
    static let commonKeys = [
        "at", "for", "until", "every", "times", "what", "witness", "says", "workload", "database", "note",
    ]

    let findings: IncidentFindings
    let workloads: [IncidentWorkload]

    func events(of timeline: IncidentField) -> [IncidentEvent]? {
        guard case .sequence(let items) = timeline.node, items.count <= Self.limit else {
            timeline.refuse("must be a list of at most \(Self.limit) events: - { at: 2m, what: region-down }")
            return nil
        }
        var events: [IncidentEvent] = []
        for item in items.map({
            IncidentField(
                key: "event", line: $0.mark?.line ?? timeline.line, node: $0, findings: findings)
        }) {
            guard case .mapping(let pairs) = item.node else {
                item.refuse("must be keys and values: - { at: 2m, what: region-down }")
                continue
            }
            let section = IncidentSection(pairs, line: item.line, known: nil, findings: findings)
            guard let event = event(section) else { continue }
            if event.kind.ends.isEmpty { events.append(event) } else { end(by: event, &events) }
        }
        return events
    }

    private func event(_ section: IncidentSection) -> IncidentEvent? {
        let before = findings.problems.count
        guard let at = section.required("at", "say when, counted from the start: 0s, 90s, 2m")?.span(),
            let (kind, arguments) = kind(section)
        else { return nil }
        var event = IncidentEvent(kind: kind, arguments: arguments, from: at, line: section.line)
        event.workloads = names("workload", in: section, known: workloads.map(\.name))
        event.databases = names("database", in: section, known: workloads.flatMap(\.databases))
        time(&event, section)
        return findings.problems.count == before ? event : nil
    }

    // MARK: - What

    private func kind(_ section: IncidentSection) -> (EventKind, EventArguments)? {
        if section["witness"] != nil || section["says"] != nil { return TestimonyReader.read(section) }
        guard let field = section.required("what", "name what happens, or a witness and what it says"),
            let name = field.text("the name of an event")
        else { return nil }
        guard let kind = EventKind.byName[name] else {
            let meant = likeliest(name, among: Array(EventKind.byName.keys)).map { "did you mean \($0)?" }
            field.refuse(
                "is \"\(name)\", which is no event; \(meant ?? "docs/incidents/README.md lists them")")
            return nil
        }
        var arguments = EventArguments()
        let known = kind.parameters.map(\.key)
        for field in section.fields where !Self.commonKeys.contains(field.key) {
            guard let parameter = kind.parameters.first(where: { $0.key == field.key }) else {
                let words = (known + Self.commonKeys.filter { $0 != "what" })
                let meant = likeliest(field.key, among: words).map { "did you mean \($0)?" }
                let usable =
                    known.isEmpty ? "it has none of its own" : "it has \(known.joined(separator: ", "))"
                findings.refuse(field.line, "\(field.key) is not a key of \(name); \(meant ?? usable)")
                return nil
            }
            arguments.values[field.key] = parameter.read(field)
        }
        for parameter in kind.parameters where parameter.required && section[parameter.key] == nil {
            findings.refuse(section.line, "\(name) needs \(parameter.key)")
        }
        checkRegion(section["region"], arguments)
        return (kind, arguments)
    }

    private func checkRegion(_ field: IncidentField?, _ arguments: EventArguments) {
        guard let field, let name = arguments.word("region") else { return }
        let regions = workloads.flatMap { [$0.primary.rawValue, $0.standby.rawValue] }
        let known = Set(regions + ["primary", "standby", Places.metricsHome.rawValue]).sorted()
        guard !known.contains(name) else { return }
        field.refuse("is \(name), where nothing of this timeline is; use \(known.joined(separator: ", "))")
    }

    private func names(_ key: String, in section: IncidentSection, known: [String]) -> Set<String>? {
        guard let field = section[key], let names = field.names() else { return nil }
        for name in names where !known.contains(name) {
            field.refuse("names \"\(name)\"; known: \(Set(known).sorted().joined(separator: ", "))")
        }
        return Set(names)
    }

    // MARK: - When

    private func time(_ event: inout IncidentEvent, _ section: IncidentSection) {
        let length = section["for"]?.span(.milliseconds(1) ... .seconds(86400))
        let until = section["until"]?.span()
        let period = section["every"]?.span(.seconds(1) ... .seconds(86400))
        let times = section["times"]?.count(1...1000)
        if !event.kind.ends.isEmpty {
            for key in ["for", "until", "every", "times"] {
                section[key]?.refuse("has no meaning for an event that ends others; remove it")
            }
            return
        }
        if let until, until <= event.from {
            section["until"]?.refuse("is \(until.spelled), not after at (\(event.from.spelled))")
        }
        event.until = until
        guard section["every"] != nil else {
            section["times"]?.refuse("needs every")
            if section["for"] != nil, section["until"] != nil {
                section["until"]?.refuse("says the same as for; keep one of them")
            }
            if let length { event.until = event.from + length }
            return
        }
        guard let period else { return }
        guard let length, length < period else {
            section["every"]?.refuse("needs for, shorter than every: how long it lasts each time")
            return
        }
        event.pulse = (length, period)
        guard let times else { return }
        if until != nil { section["times"]?.refuse("says the same as until; keep one of them") }
        event.until = event.from + period * (times - 1) + length
    }

    /// Ends what is under way of the kinds that `ending` ends.
    private func end(by ending: IncidentEvent, _ events: inout [IncidentEvent]) {
        var ended = 0
        for index in events.indices {
            let event = events[index]
            guard ending.kind.ends.contains(event.kind.name), event.from < ending.from,
                event.until.map({ $0 > ending.from }) ?? true,
                covers(ending.workloads, event.workloads), covers(ending.databases, event.databases)
            else { continue }
            events[index].until = ending.from
            ended += 1
        }
        guard ended == 0 else { return }
        findings.refuse(
            ending.line,
            "\(ending.kind.name) ends nothing: at \(ending.from.spelled) nothing of its kind is under "
                + "way for the same workloads and databases")
    }

    private func covers(_ ending: Set<String>?, _ event: Set<String>?) -> Bool {
        guard let ending else { return true }
        return event.map { $0.isSubset(of: ending) } ?? false
    }
}
