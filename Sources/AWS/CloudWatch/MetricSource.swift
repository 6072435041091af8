/// A metric that an alarm looks at.
public struct MetricSource: Sendable, Hashable {
    public var metric: Metric
    /// Of a query in SQL that looks at every database, or at every one in some role.
    public var isOpen = false

    public init(metric: Metric, isOpen: Bool = false) {
        self.metric = metric
        self.isOpen = isOpen
    }

    /// `SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/RDS", DBInstanceIdentifier) WHERE Role = 'WRITER'`. Nil
    /// for an expression that is no such query.
    public init?(query text: String) {
        let head =
            #/\s*SELECT\s+\w+\s*\(\s*"?([^")]+?)"?\s*\)\s+FROM\s+(?:SCHEMA\s*\(\s*)?"?([^\s",)]+)/#
            .ignoresCase()
        guard let found = text.prefixMatch(of: head) else { return nil }
        let rest = text[found.range.upperBound...]
        let conditions = rest.matches(of: #/"?([\w.]+)"?\s*=\s*'([^']*)'/#)
        metric = Metric(
            namespace: String(found.2), metricName: String(found.1),
            dimensions: conditions.map { Dimension(name: String($0.1), value: String($0.2)) })
        isOpen = !rest.contains("!=") && conditions.allSatisfy { $0.1 == "Role" }
    }
}

extension MetricAlarm {
    /// Every metric that its state comes from: its own, or those of the questions that it is made of.
    public var sources: [MetricSource] {
        var sources = metrics.compactMap { question in
            question.metricStat.map { MetricSource(metric: $0.metric) }
                ?? question.expression.flatMap(MetricSource.init(query:))
        }
        if let namespace, let metricName {
            let metric = Metric(namespace: namespace, metricName: metricName, dimensions: dimensions)
            sources.append(MetricSource(metric: metric))
        }
        return sources
    }
}
