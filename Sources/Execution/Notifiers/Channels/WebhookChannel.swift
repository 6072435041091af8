import AWS
import Failover
import HTTPTransport
import SigV4

/// Any HTTPS receiver of JSON, signed where both sides have a secret: the same signature that drctl's own
/// `/hooks/generic` takes.
public struct WebhookChannel: Channel {
    public let type = "webhook"
    private let transport: any Transport
    private let url: SecretFile
    private let secret: SecretFile?
    private let now: @Sendable () -> Timestamp
    private let links: RunbookLinks

    public init(
        transport: any Transport, url: SecretFile, secret: SecretFile?, links: RunbookLinks,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.transport = transport
        self.url = url
        self.secret = secret
        self.links = links
        self.now = now
    }

    public func fault() -> String? { firstFault([url] + (secret.map { [$0] } ?? [])) }

    public func send(_ message: Bulletin, limit: Duration) async -> Attempted {
        do throws(SecretFile.Fault) {
            let key = try secret?.read()
            let body = Array(document(message).text.utf8)
            let post = HTTPPost(transport, to: try url.read(), hiding: key.map { [$0] } ?? [])
            return await post.send(body, headers: key.map { signature(body, $0) } ?? [], limit: limit)
        } catch {
            return .refused(error.text)
        }
    }

    /// Over `v1:<timestamp>:<body>`: a message that somebody has kept cannot be sent again much later.
    private func signature(_ body: [UInt8], _ key: Secret) -> [HTTPHeader] {
        let timestamp = now().milliseconds / 1000
        let text = Array("v1:\(timestamp):".utf8) + body
        let digits = Hash.hmacSHA256Hex(key: Array(key.text.utf8), message: text)
        return [
            HTTPHeader("X-Drctl-Timestamp", "\(timestamp)"),
            HTTPHeader("X-Drctl-Signature", "v1=\(digits)"),
        ]
    }

    private func document(_ message: Bulletin) -> JSONValue {
        .object(present: [
            ("schema", .number("1")), ("source", .string("drctl")), ("id", .string(message.id)),
            ("kind", .string(message.kind)), ("workload", message.workload.map { .string($0.rawValue) }),
            ("failover", message.failover.map { .number("\($0)") }),
            ("incident", .string(message.incident)), ("stage", .string(message.stage.rawValue)),
            ("urgency", .string(message.urgency.rawValue)), ("at", .string("\(message.at)")),
            ("headline", .string(message.headline)), ("text", .string(message.text)),
            ("runbook", message.runbook.map { .string(links.place(of: $0)) }),
        ])
    }
}

/// The first thing that is wrong with any of them.
func firstFault(_ files: [SecretFile]) -> String? {
    files.lazy.compactMap(\.fault).first
}
