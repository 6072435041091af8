import AWS
import Failover
import HTTPTransport

/// An incoming webhook of Slack, or of what takes the same (Mattermost, Rocket.Chat, Discord's `/slack`):
/// `text` alone, which all of them have.
public struct SlackChannel: Channel {
    public let type = "slack"
    private let transport: any Transport
    private let url: SecretFile
    private let links: RunbookLinks

    /// Slack advises 4,000 characters and cuts at ten times as many; others cut earlier. `drctl explain` has
    /// the rest.
    static let longest = 3500

    public init(transport: any Transport, url: SecretFile, links: RunbookLinks) {
        self.transport = transport
        self.url = url
        self.links = links
    }

    public func fault() -> String? { firstFault([url]) }

    public func send(_ message: Bulletin, limit: Duration) async -> Attempted {
        do throws(SecretFile.Fault) {
            let body = JSONValue.object(present: [("text", .string(text(message)))])
            return await HTTPPost(transport, to: try url.read()).send(body, limit: limit)
        } catch {
            return .refused(error.text)
        }
    }

    private func text(_ message: Bulletin) -> String {
        let sign = [.critical, .error].contains(message.urgency) ? ":rotating_light: " : ""
        // The first line of the text is the headline once more.
        let rest =
            message.text.hasPrefix(message.headline)
            ? message.text.dropFirst(message.headline.count) : "\n\(message.text)"
        var text = "\(sign)*\(Self.escaped(message.headline))*\(Self.escaped(String(rest)))"
        if text.count > Self.longest { text = "\(text.prefix(Self.longest))\u{2026}" }
        guard let runbook = message.runbook else { return text }
        let link = links.url(of: runbook).map { "<\($0)|\(runbook)>" } ?? "`\(links.place(of: runbook))`"
        return "\(text)\nRunbook: \(link)"
    }

    /// Slack's three control characters: a detail must not become a link, or call a whole channel.
    static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
}
