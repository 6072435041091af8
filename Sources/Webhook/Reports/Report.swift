import Failover

/// What a genuine message is about. Of its text only names and codes are read, and these only to be compared.
struct Report: Sendable, Equatable {
    enum State: String, Sendable {
        case alarm = "ALARM"
        case ok = "OK"
        case insufficientData = "INSUFFICIENT_DATA"
    }

    enum Matter: Sendable, Equatable {
        /// `members`: of a composite alarm, the ARNs of what it watches, as far as it says.
        case alarm(name: String, arn: String?, state: State, members: [String])
        /// `RDS-EVENT-0049`; nil when it has none that looks like one.
        case databaseEvent(code: String?)
    }

    /// A thing in AWS that the message names.
    struct Resource: Sendable, Hashable {
        enum Kind: Sendable, Hashable { case database, healthCheck }

        var kind: Kind
        /// Nil for what has no Region: a health check.
        var region: Region?
        /// Lower case: so does RDS store it.
        var identifier: String

        init(_ kind: Kind, in region: Region?, _ identifier: String) {
            self.kind = kind
            self.region = region
            self.identifier = identifier.lowercased()
        }
    }

    var matter: Matter
    var region: Region
    var resources: [Resource]

    /// An alarm that has gone back to OK is no reason to look.
    var isWorthALook: Bool {
        if case .alarm(_, _, .ok, _) = matter { false } else { true }
    }

    /// For the journal: `alarm "orders-lag" in eu-west-1: ALARM`.
    var text: String {
        switch matter {
        case .alarm(let name, _, let state, _):
            "alarm \"\(plainName(name))\" in \(region): \(state.rawValue)"
        case .databaseEvent(let code):
            "\(code ?? "an RDS event") on "
                + (resources.first.map { plainName($0.identifier) } ?? "nothing known")
                + " in \(region)"
        }
    }
}

/// A name of somebody else's choosing, for a log line: printable ASCII without quotes and backslashes, short.
func plainName(_ text: String) -> String {
    let plain = text.unicodeScalars.prefix(80).map { scalar in
        scalar.value >= 0x20 && scalar.value < 0x7F && scalar != "\"" && scalar != "\\"
            ? Character(scalar) : "?"
    }
    return String(plain) + (text.unicodeScalars.count > 80 ? "..." : "")
}
