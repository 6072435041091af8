import AWS
import Failover

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What SNS puts around a message. Nothing in here is true before its signature has been verified.
public struct Envelope: Sendable, Equatable {
    public enum Kind: String, Sendable {
        case notification = "Notification"
        case subscription = "SubscriptionConfirmation"
        case unsubscription = "UnsubscribeConfirmation"
    }

    public enum SignatureVersion: String, Sendable {
        /// SHA-1, what a topic has unless its `SignatureVersion` attribute says otherwise.
        case one = "1"
        /// SHA-256.
        case two = "2"
    }

    public var kind: Kind
    public var messageID: String
    public var topic: TopicARN
    public var message: String
    public var sentAt: Timestamp
    public var signatureVersion: SignatureVersion
    public var signature: [UInt8]
    /// As it came: see `SigningCertificateURL`.
    public var certificateURL: String
    /// Of the two confirmations.
    public var token: String?
    /// What was signed.
    let signedText: [UInt8]

    /// A message has at most 262,144 bytes, which JSON's escapes may double.
    public static let maximumBytes = 512 * 1024

    public static func parse(_ body: [UInt8]) throws(Answer) -> Envelope {
        guard body.count <= maximumBytes else { throw .refused(.oversized) }
        guard let document = try? JSONReader.parse(body), document.members != nil,
            let envelope = Envelope(document)
        else { throw .refused(.malformed) }
        return envelope
    }

    private init?(_ document: JSONValue) {
        func text(_ name: String, upTo limit: Int) -> String? {
            guard let text = document[name]?.string, !text.isEmpty, text.utf8.count <= limit else {
                return nil
            }
            return text
        }
        guard let kind = text("Type", upTo: 32).flatMap(Kind.init),
            let id = text("MessageId", upTo: 128), id.wholeMatch(of: /[A-Za-z0-9-]{8,128}/) != nil,
            let topic = text("TopicArn", upTo: 400).flatMap(TopicARN.init),
            let message = document["Message"]?.string,
            let time = text("Timestamp", upTo: 40), let wall = WallTime(iso8601: time),
            let version = text("SignatureVersion", upTo: 1).flatMap(SignatureVersion.init),
            let encoded = text("Signature", upTo: 1400), let signature = Data(base64Encoded: encoded),
            let url = text("SigningCertURL", upTo: 400)
        else { return nil }
        self.kind = kind
        messageID = id
        self.topic = topic
        self.message = message
        sentAt = Timestamp(milliseconds: Int64((wall.unixSeconds * 1000).rounded()))
        signatureVersion = version
        self.signature = [UInt8](signature)
        certificateURL = url
        var lines = [("Message", message), ("MessageId", id)]
        if kind == .notification {
            switch document["Subject"] {
            case nil, .null?: break
            case .string(let subject)?: lines.append(("Subject", subject))
            default: return nil
            }
        } else {
            guard let address = text("SubscribeURL", upTo: 4096), let token = text("Token", upTo: 2048) else {
                return nil
            }
            self.token = token
            lines.append(("SubscribeURL", address))
        }
        lines.append(("Timestamp", time))
        if let token { lines.append(("Token", token)) }
        lines += [("TopicArn", topic.text), ("Type", kind.rawValue)]
        signedText = lines.flatMap { Array("\($0.0)\n\($0.1)\n".utf8) }
    }
}
