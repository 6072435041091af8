import Failover
import HTTPTransport

/// Where mail is handed in.
public struct MailServer: Sendable, Equatable {
    public var host: String
    public var port: Int
    public var isTLSFromTheStart: Bool
    public var user: String?
    public var password: SecretFile?
    public var sender: String
    public var recipients: [String]
    public var caBundlePath: String?

    public init(
        host: String, port: Int, isTLSFromTheStart: Bool, user: String?, password: SecretFile?,
        sender: String, recipients: [String], caBundlePath: String?
    ) {
        self.host = host
        self.port = port
        self.isTLSFromTheStart = isTLSFromTheStart
        self.user = user
        self.password = password
        self.sender = sender
        self.recipients = recipients
        self.caBundlePath = caBundlePath
    }
}

/// E-mail through one SMTP server, always encrypted.
public struct MailChannel: Channel {
    public let type = "email"
    private let transport: any MailTransport
    private let server: MailServer
    private let links: RunbookLinks

    public init(transport: any MailTransport, server: MailServer, links: RunbookLinks) {
        self.transport = transport
        self.server = server
        self.links = links
    }

    public func fault() -> String? { firstFault(server.password.map { [$0] } ?? []) }

    public func send(_ message: Bulletin, limit: Duration) async -> Attempted {
        let password: Secret?
        do throws(SecretFile.Fault) { password = try server.password?.read() } catch {
            return .refused(error.text)
        }
        let login = server.user.map { Mail.Login(user: $0, password: password?.text ?? "") }
        let text = MailText(message, from: server.sender, to: server.recipients, links: links)
        let mail = Mail(
            host: server.host, port: server.port, security: server.isTLSFromTheStart ? .tls : .startTLS,
            caBundlePath: server.caBundlePath, login: login, sender: server.sender,
            recipients: server.recipients, text: text.bytes,
            timeouts: Timeouts(connect: min(limit, .seconds(5)), total: limit))
        do throws(MailError) {
            try await transport.send(mail)
            return .delivered(text.id)
        } catch {
            return judged(error, hiding: password.map { [$0] } ?? [])
        }
    }

    private static func words(_ reply: Int) -> String {
        // RFC 4954, 6.
        (530...539).contains(reply) ? "it refuses user or password" : "it refuses the message"
    }

    private func judged(_ error: MailError, hiding secrets: [Secret]) -> Attempted {
        let detail = "\(error)".hiding(secrets).oneLine(limit: 200)
        let words = error.reply.map(Self.words) ?? HTTPPost.words(error.kind)
        let what = "\(server.host): \(words): \(detail)"
        // RFC 5321, 4.2.1: 4yz may pass, 5yz will not.
        if let reply = error.reply, reply >= 500 { return .refused(what) }
        switch error.kind {
        case .tlsFailed where detail.contains("certificate"), .badRequest: return .refused(what)
        default: return .failed(what)
        }
    }
}
