import Failover

/// Answers to a parser that is being watched: something that it takes, so that it goes on.
extension Field {
    /// A field of a file that has everything.
    init(everything path: String, findings: Findings) {
        let nowhere = Position(line: 1, column: 1)
        self.init(
            Tree(position: nowhere, content: .refused), keyPosition: nowhere, path: path, findings: findings)
    }

    func surveyed<Value>(
        _ survey: SchemaSurvey, text parse: (String) throws(Refusal) -> Value
    ) -> Located<Value>? {
        survey.wants(path, .text(type: Value.self, hint: Self.hint(parse)))
        for sample in Self.samples {
            if let value = try? parse(sample) { return located(value) }
        }
        return nil
    }

    /// What the parser says of an empty text names the right form; of free text it says nothing.
    private static func hint<Value>(_ parse: (String) throws(Refusal) -> Value) -> String? {
        do {
            _ = try parse("")
            return nil
        } catch {
            let advice = error.message.split(separator: "; ", maxSplits: 1).last.map(String.init)
            // An example that was made of the empty text is none.
            let isOfUse = advice.map { !$0.hasPrefix("is ") && !$0.contains("\"\"") && !$0.contains(" :") }
            return isOfUse == true ? advice : nil
        }
    }

    /// One of each form, the narrowest first.
    private static let samples = [
        "eu-west-1", "arn:aws:sns:eu-west-1:123456789012:dr", "sg-0a1b2c3d", "Z0123456789",
        "11111111-2222-3333-4444-555555555555", "127.0.0.1:8463", "https://rds.example.com",
        "db.example.com", "/var/lib/drctl/file", "02:00", "rds", "name",
    ]
}
