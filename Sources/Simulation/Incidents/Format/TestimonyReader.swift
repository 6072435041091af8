import Failover

/// `witness` and `says`: words put into a witness's mouth, whatever is true.
enum TestimonyReader {
    static let keys = ["status", "role", "age", "lag"]

    static func read(_ section: IncidentSection) -> (EventKind, EventArguments)? {
        let tellers = Teller.allCases.map(\.rawValue)
        guard let witnessField = section.required("witness", "one of \(tellers.joined(separator: ", "))"),
            let teller = witnessField.choice(tellers).flatMap(Teller.init(rawValue:)),
            let field = section.required("says", "say what \(teller.rawValue) says, whatever is true"),
            let word = field.text()
        else { return nil }
        for extra in section.fields where !(TimelineReader.commonKeys + keys).contains(extra.key) {
            let meant = likeliest(extra.key, among: keys).map { "; did you mean \($0)?" } ?? ""
            section.findings.refuse(extra.line, "\(extra.key) is not a key of a witness\(meant)")
            return nil
        }
        section["what"]?.refuse("cannot stand beside witness; write two events")
        guard let saying = saying(teller, word, section) else {
            let words = self.words(of: teller)
            let meant = likeliest(word, among: words).map { "; did you mean \($0)?" } ?? ""
            field.refuse(
                "is \"\(word)\"; \(teller.rawValue) can say \(words.joined(separator: ", "))\(meant)")
            return nil
        }
        return (
            EventKind(name: "witness \(teller.rawValue)") { now, _, _ in now.said[teller] = saying },
            EventArguments()
        )
    }

    private static let reasons: [String: UnknownReason] = [
        "silent": .silent, "5xx": .silent, "missing": .missing, "throttled": .throttled, "denied": .denied,
        "name-does-not-resolve": .nameNotResolved, "certificate": .certificate, "malformed": .malformed,
        "not-found": .notFound,
    ]

    private static func words(of teller: Teller) -> [String] {
        let own: [String] =
            switch teller {
            case .probe, .standbyProbe: ["answers", "no-answer", "refused"]
            case .controlPlane, .standbyControlPlane: ["status (with status: and role:)", "available"]
            case .route53: ["healthy", "unhealthy"]
            case .replication: ["lag (with lag:)", "not-running"]
            }
        return own + ["nothing"] + reasons.keys.sorted()
    }

    private static func saying(_ teller: Teller, _ word: String, _ section: IncidentSection) -> Saying? {
        if word == "nothing" { return .nothing }
        if let reason = reasons[word] { return .unknown(reason) }
        let age = section["age"]?.span() ?? .seconds(60)
        switch (teller, word) {
        case (.probe, "answers"), (.standbyProbe, "answers"): return .answers(true)
        case (.probe, "no-answer"), (.standbyProbe, "no-answer"), (.probe, "refused"),
            (.standbyProbe, "refused"):
            return .answers(false)
        case (.route53, "healthy"): return .health(true, age: age)
        case (.route53, "unhealthy"): return .health(false, age: age)
        case (.replication, "not-running"): return .lag(nil, age: age)
        case (.replication, "lag"):
            guard let lag = section.required("lag", "how long? lag: 12s")?.span() else { return .nothing }
            return .lag(lag.inSeconds, age: age)
        case (.controlPlane, _), (.standbyControlPlane, _): return status(teller, word, section)
        default: return nil
        }
    }

    private static func status(_ teller: Teller, _ word: String, _ section: IncidentSection) -> Saying? {
        let usual = teller == .controlPlane ? "writer" : "replica"
        let role = section["role"].map { $0.choice(["writer", "replica"]) ?? usual } ?? usual
        if word == "status" {
            guard let text = section.required("status", "which? status: rebooting")?.text() else {
                return .nothing
            }
            return .status(text, isReplica: role == "replica")
        }
        // A status that AWS documents may stand by itself.
        guard StatusMeaning(status: word) != .unknown else { return nil }
        return .status(word, isReplica: role == "replica")
    }
}
