import Failover

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A notice as SNS sends it: a subject, and a body that people read first and machines can read as well.
struct NoticeText: Sendable, Equatable {
    var subject: String
    var body: String

    /// SNS takes subjects under 100 characters; printable ASCII is safe with every kind of subscriber.
    static let maximumSubject = 99
    /// 262,144 bytes is SNS's limit, attributes included. The rest is room for them.
    static let maximumBody = 256_000
    /// Parts the two, alone on its line.
    static let separator = "--- machine-readable ---"

    init(_ notice: Notice) {
        subject = Self.subject(notice)
        let document = Self.document(notice)
        let room = Self.maximumBody - document.utf8.count - Self.separator.utf8.count - 4
        var text = Self.prose(notice, runbook: notice.runbook)
        if text.utf8.count > room { text = Self.cut(text, bytes: room - 4) + "\n..." }
        body = "\(text)\n\n\(Self.separator)\n\(document)"
    }

    private static func subject(_ notice: Notice) -> String {
        let prefix = "\(notice.workload): "
        // The headline names the workload itself; it need not stand there twice.
        let rest =
            notice.headline.hasPrefix(prefix) ? notice.headline.dropFirst(prefix.count) : notice.headline[...]
        return subject("\(prefix)\(rest)")
    }

    static func subject(_ headline: String) -> String {
        let line = "[drctl] \(headline)".unicodeScalars.map { scalar in
            (0x20...0x7e).contains(scalar.value) ? Character(scalar) : scalar.value < 0x20 ? " " : "?"
        }
        return line.count <= maximumSubject ? String(line) : String(line.prefix(maximumSubject - 3)) + "..."
    }

    /// The part for people.
    static func prose(_ notice: Notice, runbook: String?) -> String {
        var lines = [notice.headline, "", notice.body]
        if let runbook { lines += ["", "Runbook: \(runbook)"] }
        lines += ["", "At \(notice.at)."]
        // A separator within the text would give machines another document to read.
        return lines.joined(separator: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0 == separator ? "> \($0)" : escaped($0) }.joined(separator: "\n")
    }

    /// Control characters as `\u{1b}`: some terminals and mail readers obey them.
    private static func escaped(_ line: Substring) -> String {
        var result = ""
        for scalar in line.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .format:
                result += scalar == "\t" ? " " : "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func cut(_ text: String, bytes: Int) -> String {
        var end =
            text.utf8.index(text.startIndex, offsetBy: max(0, bytes), limitedBy: text.endIndex)
            ?? text.endIndex
        while end.samePosition(in: text) == nil, end > text.startIndex { end = text.utf8.index(before: end) }
        return String(text[..<end])
    }

    private struct Document: Encodable {
        var schema = 1
        var id: String
        var kind: Notice.Kind
        var workload: WorkloadID
        var at: Timestamp
        var headline: String
        var runbook: String?
    }

    /// One line of JSON. Encoding these texts cannot fail; should it, an empty object says that nothing is
    /// known.
    private static func document(_ notice: Notice) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let document = Document(
            id: notice.id, kind: notice.kind, workload: notice.workload, at: notice.at,
            headline: notice.headline.oneLine(limit: 2000), runbook: notice.runbook)
        return (try? encoder.encode(document)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
