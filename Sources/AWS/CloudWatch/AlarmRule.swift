/// What a composite alarm's rule comes to: a constant, or a matter of other alarms' states.
public enum AlarmRule: Sendable, Hashable {
    /// `TRUE` and `FALSE`, and what they decide alone: with `AND FALSE` a rule is switched off.
    case always(Bool)
    /// The names of the alarms that decide.
    case rests(on: Set<String>)

    /// `ALARM(a) AND (OK("b c") OR NOT INSUFFICIENT_DATA(arn:…))`, `AT_LEAST(2, ALARM, (a, b, c))`. Nil for a
    /// rule that is not understood.
    public init?(_ text: String) {
        var parser = AlarmRuleParser(text)
        guard let rule = parser.parse() else { return nil }
        self = rule
    }

    /// Empty for a constant.
    public var names: Set<String> {
        switch self {
        case .always: []
        case .rests(let names): names
        }
    }

    var negated: AlarmRule {
        switch self {
        case .always(let value): .always(!value)
        case .rests: self
        }
    }

    func and(_ other: AlarmRule) -> AlarmRule { joined(other, decisive: false) }
    func or(_ other: AlarmRule) -> AlarmRule { joined(other, decisive: true) }

    /// A constant either decides alone or says nothing.
    private func joined(_ other: AlarmRule, decisive: Bool) -> AlarmRule {
        switch (self, other) {
        case (.always(let value), let rest), (let rest, .always(let value)):
            value == decisive ? .always(value) : rest
        case (.rests(let some), .rests(let more)): .rests(on: some.union(more))
        }
    }
}
