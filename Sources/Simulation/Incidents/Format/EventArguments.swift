import Failover

/// What an event of a timeline says beside its name, each value read and checked.
struct EventArguments: Sendable, Equatable {
    enum Value: Sendable, Equatable {
        case word(String)
        case count(Int)
        case span(Duration)
        case share(Double)
        case names([String])
    }

    var values: [String: Value] = [:]

    func word(_ key: String) -> String? { if case .word(let value)? = values[key] { value } else { nil } }
    func count(_ key: String) -> Int? { if case .count(let value)? = values[key] { value } else { nil } }
    func span(_ key: String) -> Duration? { if case .span(let value)? = values[key] { value } else { nil } }
    func share(_ key: String) -> Double? { if case .share(let value)? = values[key] { value } else { nil } }
    func names(_ key: String) -> [String] { if case .names(let value)? = values[key] { value } else { [] } }
}

/// A key that a kind of event understands.
struct EventParameter: Sendable {
    var key: String
    var form: Form
    var required = false

    enum Form: Sendable {
        case word
        case choice([String])
        case count(ClosedRange<Int>)
        case span
        case share
        /// Two ends of a path.
        case ends
    }

    func read(_ field: IncidentField) -> EventArguments.Value? {
        switch form {
        case .word: field.text().map(EventArguments.Value.word)
        case .choice(let words): field.choice(words).map(EventArguments.Value.word)
        case .count(let range): field.count(range).map(EventArguments.Value.count)
        case .span: field.span().map(EventArguments.Value.span)
        case .share: field.share().map(EventArguments.Value.share)
        case .ends: ends(field).map(EventArguments.Value.names)
        }
    }

    private func ends(_ field: IncidentField) -> [String]? {
        guard let names = field.names() else { return nil }
        let known = Conditions.End.allCases.map(\.rawValue)
        for name in names where !known.contains(name) {
            let meant = likeliest(name, among: known).map { "; did you mean \($0)?" } ?? ""
            field.refuse("names \"\(name)\"; use two of \(known.joined(separator: ", "))\(meant)")
            return nil
        }
        guard names.count == 2 else {
            field.refuse("must name two ends, such as [host, primary]")
            return nil
        }
        return names
    }
}

extension EventParameter {
    /// `primary` (the default), `standby`, or a Region's code.
    static let region = EventParameter(key: "region", form: .word)
    static let side = EventParameter(key: "side", form: .choice(["primary", "standby"]))
    static let how = EventParameter(key: "how", form: .choice(["silent", "refused"]))
    static let status = EventParameter(key: "status", form: .word)
    static let metric = EventParameter(key: "metric", form: .choice(["lag", "health", "all"]))
}

/// The names of a workload's Regions, for events that name one.
struct Places: Sendable {
    var primary: Region
    var standby: Region
    var host: Incident.HostPlace

    /// Route 53's control plane and the metrics of its health checks, in the commercial partition.
    static let metricsHome: Region = "us-east-1"

    func isPrimary(_ name: String?) -> Bool { name == nil || name == "primary" || name == primary.rawValue }
    func isStandby(_ name: String?) -> Bool { name == "standby" || name == standby.rawValue }
    func isMetricsHome(_ name: String?) -> Bool {
        let region = isPrimary(name) ? primary.rawValue : isStandby(name) ? standby.rawValue : name
        return region == Self.metricsHome.rawValue
    }
}
