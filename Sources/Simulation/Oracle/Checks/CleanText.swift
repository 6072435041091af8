import Failover

struct CleanText: Invariant {
    static let id = "INV11"
    static let rule = "No secret and no control byte gets into records, notices or the log"

    private let secrets: [[UInt8]]

    init(_ premises: Premises) { secrets = premises.secrets.map { Array($0.utf8) } }

    mutating func findings(on happening: Happening, after past: Chronicle) -> [String] {
        switch happening.kind {
        case .record(_, let record):
            record.event.texts.flatMap { flaws(in: $0, mayHaveLines: false) }
                + record.event.longTexts.flatMap { flaws(in: $0, mayHaveLines: true) }
        case .problem(_, let text): flaws(in: text, mayHaveLines: false)
        default: []
        }
    }

    private func flaws(in text: String, mayHaveLines: Bool) -> [String] {
        var flaws: [String] = []
        let isDirty = text.unicodeScalars.contains { scalar in
            let isLineEnd = mayHaveLines && scalar == "\n"
            return (scalar.value < 0x20 && !isLineEnd) || (0x7f...0x9f).contains(scalar.value)
        }
        if isDirty { flaws.append("a control byte in: \(text.debugDescription)") }
        if secrets.contains(where: { text.utf8.holds($0) }) { flaws.append("a secret in a text") }
        return flaws
    }
}

extension String.UTF8View {
    /// Whether `needle`, which is not empty, occurs.
    fileprivate func holds(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first else { return false }
        var rest = self[...]
        while let at = rest.firstIndex(of: first) {
            if rest[at...].starts(with: needle) { return true }
            rest = rest[index(after: at)...]
        }
        return false
    }
}

extension Event {
    /// What is quoted from elsewhere, in one line each.
    fileprivate var texts: [String] {
        switch self {
        case .phaseChanged(_, _, let because, _): [because]
        case .stepFinished(_, _, let outcome): [outcome.detail]
        case .stepUnconfirmed(_, let because), .fenceOwed(_, let because): [because]
        case .planEnded(let ending): [ending.because]
        case .fenceSettled(_, .fenced(let detail)): [detail]
        case .fenceSettled(_, .cancelled(let because)): [because]
        case .noticeIssued(let notice): [notice.headline]
        case .nudged(let source): [source]
        case .noticeSettled(_, let deliveries): deliveries.compactMap(\.failure)
        default: []
        }
    }

    /// What has lines of its own.
    fileprivate var longTexts: [String] {
        if case .noticeIssued(let notice) = self { [notice.body] } else { [] }
    }
}
