/// Which of a Region's alarms tell somebody: those whose actions are on, and those that composite alarms with
/// actions rest on. An alarm and all that it rests on are of one Region.
public struct AlarmAudience: Sendable {
    /// A composite alarm that tells.
    public struct Teller: Sendable, Hashable {
        public var name: String
        /// The metric alarms below it, also through composite alarms without actions.
        public var rests: Set<String>
    }

    /// All metric alarms, and the names of those that somebody hears.
    public let alarms: [MetricAlarm]
    public let heard: Set<String>
    /// By name.
    public let tellers: [Teller]
    /// Composite alarms whose rule is not understood.
    public let unread: [CompositeAlarm]

    public init(_ alarms: [DescribeAlarms.Alarm]) {
        var (metric, composite) = ([MetricAlarm](), [String: CompositeAlarm]())
        for alarm in alarms {
            switch alarm {
            case .metric(let alarm): metric.append(alarm)
            case .composite(let alarm): composite[alarm.alarmName] = alarm
            }
        }
        let rules = composite.mapValues { $0.alarmRule.flatMap(AlarmRule.init) }
        let telling = composite.values.filter { $0.actionsEnabled != false }.map(\.alarmName).sorted()
        tellers = telling.map { name in
            Teller(name: name, rests: Self.names(below: name, rules).subtracting(rules.keys))
        }
        unread = composite.values.filter { rules[$0.alarmName] == .some(nil) }
            .sorted { $0.alarmName < $1.alarmName }
        self.alarms = metric
        heard = tellers.reduce(into: Set(metric.filter { $0.actionsEnabled != false }.map(\.alarmName))) {
            $0.formUnion($1.rests)
        }
    }

    /// Of all alarms that this one rests on, itself among them. AWS lets composite alarms go round in
    /// circles.
    private static func names(below name: String, _ rules: [String: AlarmRule?]) -> Set<String> {
        var (seen, waiting): (Set<String>, [String]) = ([name], [name])
        while let next = waiting.popLast() {
            guard case .some(.some(let rule)) = rules[next] else { continue }
            for name in rule.names where seen.insert(name).inserted { waiting.append(name) }
        }
        return seen
    }
}
