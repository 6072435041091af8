import Failover

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A message as RFC 5322 has it. All headers are ASCII, the text is UTF-8 in base64, so that no server on the
/// way has anything to rewrite.
struct MailText {
    /// Without angle brackets.
    let id: String
    let bytes: [UInt8]

    init(_ message: Bulletin, from sender: String, to recipients: [String], links: RunbookLinks) {
        let domain = sender.split(separator: "@").last.map(String.init) ?? "drctl.invalid"
        id = "\(Self.token(message.id))@\(domain)"
        var headers = [
            "From: drctl <\(sender)>", "To: \(recipients.joined(separator: ",\r\n "))",
            "Subject: \(message.subject)", "Date: \(Self.date(message.at))", "Message-ID: <\(id)>",
        ]
        if message.stage != .none {
            // Mail readers put one failover's messages together.
            headers.append("References: <\(Self.token(message.incident))@\(domain)>")
        }
        // RFC 3834: nobody's out-of-office answers it.
        headers.append("Auto-Submitted: auto-generated")
        if [.critical, .error].contains(message.urgency) { headers.append("X-Priority: 1") }
        headers += [
            "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: base64",
        ]
        var text = message.text
        if let runbook = message.runbook { text += "\n\nRunbook: \(links.place(of: runbook))" }
        let encoded = Self.lines(Data(text.replacing("\n", with: "\r\n").utf8).base64EncodedString())
        bytes = Array("\(headers.joined(separator: "\r\n"))\r\n\r\n\(encoded)\r\n".utf8)
    }

    /// 76 characters a line (RFC 2045, 6.8).
    private static func lines(_ base64: String) -> String {
        let digits = Array(base64.utf8)
        return stride(from: 0, to: digits.count, by: 76)
            .map { String(decoding: digits[$0..<min($0 + 76, digits.count)], as: UTF8.self) }
            .joined(separator: "\r\n")
    }

    /// What may stand on the left of a message id (RFC 5322, 3.6.4).
    private static func token(_ text: String) -> String {
        String(
            text.unicodeScalars.map { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", "-", "_": Character(scalar)
                default: "."
                }
            })
    }

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// `Sat, 21 Nov 2026 15:30:00 +0000`. `Timestamp` writes `2026-11-21T15:30:00.000Z`.
    static func date(_ at: Timestamp) -> String {
        let text = Array("\(at)")
        let month = months[(Int(String(text[5..<7])) ?? 1) - 1]
        // 1 January 1970 was a Thursday.
        let day = days[Int(((at.milliseconds / 86_400_000) % 7 + 7) % 7)]
        return
            "\(day), \(String(text[8..<10])) \(month) \(String(text[0..<4])) \(String(text[11..<19])) +0000"
    }
}
