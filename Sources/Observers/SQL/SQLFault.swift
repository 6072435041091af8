import CPostgres

/// Reads what libpq says about what went wrong.
enum SQLFault {
    /// Of the connection: a refusal has its SQLSTATE within its words, `FATAL:  28P01: password
    /// authentication failed ...`.
    static func of(_ connection: OpaquePointer, at stage: SQLStage) -> SQLOutcome {
        let text = PQerrorMessage(connection).map { String(cString: $0) } ?? ""
        for line in text.split(whereSeparator: \.isNewline) {
            if let match = line.firstMatch(of: /: {2}([0-9A-Z]{5}): (.*)/) {
                return .refused(state: String(match.1), message: oneLine(String(match.2)), at: stage)
            }
        }
        return .broken(oneLine(text), at: stage)
    }

    /// Of a statement's result; one without a SQLSTATE is libpq's own, on the connection.
    static func of(_ result: OpaquePointer, _ connection: OpaquePointer, at stage: SQLStage) -> SQLOutcome {
        guard let state = PQresultErrorField(result, drctl_pq_sqlstate) else {
            return of(connection, at: stage)
        }
        let message = PQresultErrorField(result, drctl_pq_message).map { String(cString: $0) } ?? ""
        return .refused(state: String(cString: state), message: oneLine(message), at: stage)
    }

    /// A server may say what it likes, in no more than this.
    private static let maxLength = 200

    private static func oneLine(_ text: String) -> String {
        let words = text.split { $0.isWhitespace || $0.isNewline }
        let plain = words.joined(separator: " ").unicodeScalars.map { scalar -> Character in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: " "
            default: Character(scalar)
            }
        }
        return plain.count > maxLength ? String(plain.prefix(maxLength)) + "…" : String(plain)
    }
}
