extension GateID { public static let targetLogin: GateID = "target-login" }

extension Gate {
    /// A standby that cannot be asked cannot be shown to serve. But that our own password has expired says
    /// nothing of the standby, and a person may promote it all the same. Traffic still moves only to a server
    /// that has proven a write, so that the login has to be repaired meanwhile.
    static let targetLogin = Gate(
        .targetLogin, .safe, override: .named, asks: "the standby does not turn drctl's own login away",
        on: [.standbyProbe]
    ) { situation in
        let refused = situation.inquiries.compactMap { $0.standbyRefusal }
        return situation.answer(
            refused.isEmpty,
            refused.isEmpty
                ? "no standby turns drctl away"
                : refused.joined(separator: "; ") + ". Traffic would move only once drctl can ask it")
    }
}

extension Inquiry {
    /// What the standby's server said as it turned our SQL away for what is ours to repair; nil when it did
    /// not.
    fileprivate var standbyRefusal: String? {
        guard let sql = probe(.standby)?.value?.sql, sql.outcome == .turnedAway else { return nil }
        return words("\(database.id): drctl cannot ask \(database.standby.identifier) (\(sql.detail))")
    }
}
