/// One condition of a failover. Each has a file of its own; `Gates.table` lists them.
public struct Gate: Sendable {
    public let id: GateID
    public let kind: Kind
    public let override: Override
    /// One line: what it asks for while it is open.
    public let asks: String
    /// The observations that it is judged on.
    let on: [Slot]
    let judge: @Sendable (Situation) -> Judgement

    /// May we, is it true, should we: kept apart, because a person can give leave, but cannot make a thing
    /// true or safe.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// Is it allowed?
        case authorised
        /// Is it true?
        case evidence
        /// Would it be safe?
        case safe
    }

    /// What a person may take the responsibility for with `failover`, and how it is asked for.
    public enum Override: Sendable {
        /// `failover` by a person overrides it by itself.
        case byVerb
        /// Needs `--allow-data-loss`.
        case allowDataLoss
        /// Needs `--override <id>`.
        case named
        case never
    }

    init(
        _ id: GateID, _ kind: Kind, override: Override, asks: String, on: [Slot] = [],
        judge: @escaping @Sendable (Situation) -> Judgement
    ) {
        self.id = id
        self.kind = kind
        self.override = override
        self.asks = asks
        self.on = on
        self.judge = judge
    }
}

/// What a gate says. Without words, unless the situation is spelled out.
struct Judgement {
    var open: Bool
    var because: String
}

extension Situation {
    /// A gate's answer. The words are only made when somebody will read them.
    func answer(_ open: Bool, _ because: @autoclosure () -> String) -> Judgement {
        Judgement(open: open, because: spells ? because() : "")
    }

    func open(_ because: @autoclosure () -> String) -> Judgement { answer(true, because()) }
    func closed(_ because: @autoclosure () -> String) -> Judgement { answer(false, because()) }
}
