import AWS
import COpenSSL
import Failover
import SigV4

/// Messages of senders that are not SNS, signed with a secret that both sides have.
///
/// `X-Drctl-Timestamp`: seconds since 1970. `X-Drctl-Signature`: `v1=` and 64 hexadecimal digits, the
/// HMAC-SHA256 of `v1:<timestamp>:<body>`.
struct GenericGate: Sendable {
    static let maximumBytes = 8 * 1024
    /// Both ways. Senders of this kind do not try for an hour.
    static let window = Duration.seconds(300)

    struct Message: Sendable, Equatable {
        var id: String
        var sentAt: Timestamp
        var workloads: [WorkloadID]
        /// A plain line, or empty.
        var reason: String
    }

    /// More than one while they are being changed.
    let secrets: [GenericSecret]
    let now: @Sendable () -> Timestamp
    let awsClock: AWSClock

    /// Whatever its age: see `checkAge`.
    func verified(_ body: [UInt8], timestamp: String?, signature: String?) throws(Answer) -> Message {
        guard body.count <= Self.maximumBytes else { throw .refused(.oversized) }
        guard let timestamp, timestamp.wholeMatch(of: /[1-9][0-9]{0,11}/) != nil,
            let seconds = Int64(timestamp), let signature,
            let match = signature.wholeMatch(of: /v1=([0-9a-f]{64})/)
        else { throw .refused(.malformed) }
        let sent = Timestamp(milliseconds: seconds * 1000)
        let text = Array("v1:\(timestamp):".utf8) + body
        let digits = Array(match.1)
        let given = stride(from: 0, to: 64, by: 2).map { UInt8(String(digits[$0...$0 + 1]), radix: 16) ?? 0 }
        // Every secret is tried, so that time does not tell which one it was.
        let isGenuine = secrets.reduce(false) { found, secret in
            let expected = Hash.hmacSHA256(key: secret.bytes, message: text)
            return CRYPTO_memcmp(expected, given, expected.count) == 0 || found
        }
        guard isGenuine else { throw .refused(.badSignature) }
        return try read(body, id: "generic:\(match.1)", sentAt: sent)
    }

    /// After the signature, as with SNS: the sender's clock, or ours?
    func checkAge(of message: Message) async throws(Answer) {
        let window = (Duration.zero - Self.window)...Self.window
        guard !window.contains(now() - message.sentAt) else { return }
        switch await awsClock.judge(message.sentAt, within: window) {
        case .good: return
        case .old, .fromTheFuture: throw .refused(.stale)
        case .unknown: throw .unavailable(.clock)
        }
    }

    /// `{"workloads": ["orders"], "reason": "checkout is slow"}`
    private func read(_ body: [UInt8], id: String, sentAt: Timestamp) throws(Answer) -> Message {
        guard let document = try? JSONReader.parse(body), let names = document["workloads"]?.array,
            (1...100).contains(names.count), names.allSatisfy({ $0.string != nil })
        else { throw .refused(.malformed) }
        let reason = document["reason"]
        guard reason == nil || reason?.string != nil else { throw .refused(.malformed) }
        return Message(
            id: id, sentAt: sentAt,
            workloads: Set(names.compactMap(\.string)).sorted().map { WorkloadID($0) },
            reason: reason?.string.map(plainName) ?? "")
    }
}

/// A secret of `/hooks/generic`. It never becomes text again.
public struct GenericSecret: Sendable, CustomStringConvertible, CustomReflectable {
    /// 256 bits in hexadecimal are 64; 32 characters are the least that is no password.
    public static let minimumBytes = 32

    let bytes: [UInt8]

    public init?(_ text: String) {
        guard (Self.minimumBytes...1024).contains(text.utf8.count) else { return nil }
        bytes = Array(text.utf8)
    }

    public var description: String { "(secret)" }
    public var customMirror: Mirror { Mirror(self, children: []) }
}
