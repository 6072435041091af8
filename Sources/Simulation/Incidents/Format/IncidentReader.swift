import Failover
import Yams

/// One file of the format in `docs/incidents/README.md`, read strictly: whatever is not understood is an
/// error.
struct IncidentReader {
    /// A timeline is a page; a file of this size is something else.
    static let byteLimit = 256 << 10
    static let lengthLimit = Duration.seconds(12 * 3600)
    static let keys =
        ["title", "source", "why", "host", "length", "workloads", "policy", "timeline"] + labelKeys
        + workloadKeys
    static let labelKeys = ["failover", "by", "not_before", "loss"]
    static let workloadKeys = [
        "engine", "primary", "standby", "databases", "health_check", "probe", "priority",
    ]

    let findings: IncidentFindings

    static func read(_ text: String, file: String) throws(IncidentProblems) -> Incident {
        let findings = IncidentFindings(file: file)
        let reader = IncidentReader(findings: findings)
        let incident = reader.root(of: text).flatMap { reader.incident($0, file: file) }
        guard let incident, findings.problems.isEmpty else {
            throw IncidentProblems(problems: findings.problems.sorted { ($0.line ?? 0) < ($1.line ?? 0) })
        }
        return incident
    }

    private func root(of text: String) -> IncidentSection? {
        guard text.utf8.count <= Self.byteLimit else {
            findings.refuse(1, "the file is larger than 256 KiB")
            return nil
        }
        do {
            let parser = try Parser(yaml: text, resolver: .basic, encoding: .utf8)
            guard let node = try parser.singleRoot(), case .mapping(let pairs) = node else {
                findings.refuse(1, "the file must hold keys and values; see docs/incidents/README.md")
                return nil
            }
            return IncidentSection(pairs, line: 1, known: Self.keys, findings: findings)
        } catch {
            refuse(error)
            return nil
        }
    }

    private func refuse(_ error: any Error) {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _)?, .parser(_, let problem, let mark, _)?,
            .composer(_, let problem, let mark, _)?:
            findings.refuse(
                mark.line, "not valid YAML: \(problem); check the indentation and the quotes here")
        case .duplicatedKeysInMapping(let keys, let context)?:
            let names = keys.joined(separator: ", ")
            findings.refuse(context.mark.line, "\(names) is there twice; keep one")
        default: findings.refuse(1, "not valid YAML: \(error)")
        }
    }

    private func incident(_ root: IncidentSection, file: String) -> Incident? {
        let title = root.required("title", "say in a few words what happened")?.text()
        let source = root.required("source", "say where the story is told, as a link or a section")?.text()
        let why = root.required("why", "say in a sentence why a failover is right or wrong")?.text()
        let host = root["host"].map { $0.choice(Incident.HostPlace.allCases.map(\.rawValue)) }
        let policy = root["policy"].map(PolicyReader.read)
        let label = self.label(in: root, otherwise: nil)
        // Without a label of its own the rest is read all the same: all that is wrong is shown at once.
        let workloads = self.workloads(in: root, label: label ?? .wrong) ?? []
        guard let timeline = root.required("timeline", "list what happens: - { at: 2m, what: region-down }"),
            !workloads.isEmpty
        else { return nil }
        let events = TimelineReader(findings: findings, workloads: workloads).events(of: timeline)
        let length = root["length"].map { $0.span(.seconds(60)...Self.lengthLimit) }
        guard let title, let source, let why, let label, let events, findings.problems.isEmpty else {
            return nil
        }
        var incident = Incident(
            id: Self.name(of: file), title: title, source: source, why: Self.oneLine(why), label: label,
            workloads: workloads, policy: (policy ?? IncidentPolicy()) ?? IncidentPolicy(),
            host: (host ?? nil).flatMap(Incident.HostPlace.init(rawValue:)) ?? .third, events: events,
            length: .zero)
        incident.length = (length ?? nil) ?? Self.usualLength(of: incident)
        for event in events where event.from >= incident.length {
            findings.refuse(event.line, "begins at \(event.from.spelled), after the timeline's length")
        }
        return incident
    }

    /// Long enough for every witness to have its say, and for a wrong decision to be made.
    private static func usualLength(of incident: Incident) -> Duration {
        let edges = incident.events.flatMap { [$0.from, $0.until ?? $0.from] }
        let bys = incident.workloads.compactMap { workload -> Duration? in
            if case .right(_, let by, _) = workload.label { by } else { nil }
        }
        return min(
            max((edges.max() ?? .zero) + .seconds(1800), (bys.max() ?? .zero) + .seconds(60)), lengthLimit)
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    private static func name(of file: String) -> String {
        let last = file.split(separator: "/").last.map(String.init) ?? file
        return last.split(separator: ".").first.map(String.init) ?? last
    }

    // MARK: - The label

    /// `otherwise`: the label of the timeline, for a workload that says nothing of its own.
    private func label(in section: IncidentSection, otherwise: IncidentLabel?) -> IncidentLabel? {
        let extras = ["by", "not_before", "loss"].compactMap { section[$0] }
        if section["failover"] == nil, extras.isEmpty, let otherwise { return otherwise }
        guard let field = section.required("failover", "write right or wrong"),
            let word = field.choice(["right", "wrong"])
        else { return nil }
        guard word == "right" else {
            for extra in extras { extra.refuse("belongs to failover: right; remove it") }
            return .wrong
        }
        guard
            let byField = section.required("by", "until when, on the timeline, is a failover still useful?"),
            let by = byField.span()
        else { return nil }
        let start = section["not_before"].map { $0.span() } ?? .zero
        let loss = section["loss"].map { $0.span() }
        guard let start else { return nil }
        guard by > start else {
            byField.refuse("is \(by.spelled), not after not_before (\(start.spelled))")
            return nil
        }
        return .right(notBefore: start, by: by, loss: loss ?? nil)
    }

    // MARK: - Workloads

    private func workloads(in root: IncidentSection, label: IncidentLabel) -> [IncidentWorkload]? {
        guard let usual = workload("main", in: root, like: IncidentWorkload(label: label)) else { return nil }
        guard let field = root["workloads"] else { return [usual] }
        if case .scalar = field.node {
            guard let count = field.count(1...200) else { return nil }
            return (1...count).map { number in
                var workload = usual
                workload.name = "w\(number)"
                return workload
            }
        }
        guard case .mapping(let pairs) = field.node else {
            field.refuse("must be a number, or names with their settings")
            return nil
        }
        let named = IncidentSection(pairs, line: field.line, known: nil, findings: findings)
        return named.fields.compactMap { entry in
            let isEmpty = entry.node.string?.isEmpty ?? false
            guard !isEmpty else {
                var workload = usual
                workload.name = entry.key
                return workload
            }
            guard let section = entry.section(Self.workloadKeys + Self.labelKeys) else { return nil }
            return workload(entry.key, in: section, like: usual)
        }
    }

    private func workload(
        _ name: String, in section: IncidentSection, like usual: IncidentWorkload
    ) -> IncidentWorkload? {
        var workload = usual
        workload.name = name
        if let engine = section["engine"]?.choice(IncidentWorkload.Engine.allCases.map(\.rawValue)) {
            workload.engine = IncidentWorkload.Engine(rawValue: engine) ?? workload.engine
        }
        if let region = section["primary"]?.text("a Region") { workload.primary = Region(region) }
        if let region = section["standby"]?.text("a Region") { workload.standby = Region(region) }
        if workload.primary == workload.standby {
            findings.refuse(section.line, "primary and standby are both \(workload.primary)")
        }
        if let names = section["databases"]?.names() { workload.databases = names }
        let kinds = IncidentWorkload.HealthCheckKind.allCases.map(\.rawValue)
        if let kind = section["health_check"]?.choice(kinds) {
            workload.healthCheck = .init(rawValue: kind) ?? workload.healthCheck
        }
        if let kind = section["probe"]?.choice(IncidentWorkload.ProbeKind.allCases.map(\.rawValue)) {
            workload.probe = .init(rawValue: kind) ?? workload.probe
        }
        if let priority = section["priority"]?.count(0...100) { workload.priority = priority }
        workload.label = label(in: section, otherwise: usual.label) ?? usual.label
        return workload
    }
}

extension IncidentWorkload {
    init(label: IncidentLabel) {
        self.init(
            name: "main", engine: .rds, primary: "eu-west-1", standby: "eu-central-1", databases: ["db"],
            healthCheck: .writes, probe: .write, label: label)
    }
}
