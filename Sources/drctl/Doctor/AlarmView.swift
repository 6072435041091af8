import AWS

/// What a Region's alarms see of one side of a database.
struct AlarmView {
    /// Each metric alarm that somebody hears, with the metrics of this side that it looks at.
    var watching: [String: Set<String>] = [:]
    /// Each composite alarm that tells, with those of `watching` that it rests on.
    var tellers: [String: Set<String>] = [:]
    /// Composite alarms whose rule names an alarm on this side, and is not understood.
    var unread: [String] = []

    /// `names`: of the side's instances and its cluster, in lower case.
    init(_ audience: AlarmAudience, of names: Set<String>) {
        var silent: [String] = []
        for alarm in audience.alarms {
            let metrics = alarm.sources.filter { Self.isOf(names, $0) }.map(\.metric.metricName)
            guard !metrics.isEmpty else { continue }
            if audience.heard.contains(alarm.alarmName) {
                watching[alarm.alarmName] = Set(metrics)
            } else {
                silent.append(alarm.alarmName)
            }
        }
        for teller in audience.tellers {
            let rests = teller.rests.intersection(watching.keys)
            if !rests.isEmpty { tellers[teller.name] = rests }
        }
        let own = silent + watching.keys
        unread = audience.unread.filter { composite in
            own.contains { composite.alarmRule?.contains($0) == true }
        }.map(\.alarmName)
    }

    var metrics: Set<String> { watching.values.reduce(into: []) { $0.formUnion($1) } }

    private static func isOf(_ names: Set<String>, _ source: MetricSource) -> Bool {
        guard source.metric.namespace == "AWS/RDS" else { return false }
        let named = source.metric.dimensions.filter {
            ["DBInstanceIdentifier", "DBClusterIdentifier"].contains($0.name)
        }
        return named.isEmpty ? source.isOpen : named.contains { names.contains($0.value.lowercased()) }
    }
}
