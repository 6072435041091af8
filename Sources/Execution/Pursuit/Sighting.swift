import Failover

/// What one look says about an effect. Every text is for people.
enum Sighting<Ground: Sendable>: Sendable {
    /// It is there.
    case done(String)
    /// It is on its way, whoever began it.
    case underWay(String)
    /// Nothing of it is to be seen, and it may be begun on this ground.
    case notYet(String, Ground)
    /// It is neither done nor may it be begun now.
    case wait(String)
    /// It is not needed.
    case unneeded(String)
    /// It must not be begun, and waiting does not help.
    case refuse(String)

    var text: String {
        switch self {
        case .done(let text), .underWay(let text), .notYet(let text, _), .wait(let text), .unneeded(let text),
            .refuse(let text):
            text
        }
    }
}

/// What may have been done so far.
enum Stage: Sendable, Equatable {
    case untouched
    /// A call was sent, and whether AWS acted on it is open.
    case inDoubt
    /// AWS has accepted our call, then.
    case accepted(at: Timestamp)

    var isAccepted: Bool { if case .accepted = self { true } else { false } }
}
